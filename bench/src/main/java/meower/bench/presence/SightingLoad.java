package meower.bench.presence;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import meower.bench.http.Fields;
import meower.bench.lab.Contender;
import meower.bench.lab.Lab;
import meower.bench.lab.Memory;
import meower.bench.lab.Sample;
import meower.bench.program.Program;
import meower.standalone.demo.StatusApi;
import meower.standalone.stack.Part;
import org.HdrHistogram.Histogram;

/**
 * Reports objects, and asks for some of those that are online until they have been seen since.
 *
 * <p>The service is started anew for each measurement: memory that it once took it may keep.
 */
final class SightingLoad implements Contender {

  static final int RATE = 1_000;

  private static final int AT_ONCE = 50;

  /** Whoever is reported again has been looked up, and has gone, since the last time. */
  private static final int OBJECTS = 40_000;

  /** Of so many reports one is watched. */
  private static final int WATCHED = 4;

  /** The longest look-up and a bit: as many are in flight as ever. */
  private static final Duration RAMP = Duration.ofSeconds(6);

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Fields LAST_SEEN = new Fields("last_seen");

  private final Lab lab;
  private final Program program;
  private final StatusApi status;
  private int next;

  SightingLoad(Lab lab, Program program, StatusApi status) {
    this.lab = lab;
    this.program = program;
    this.status = status;
  }

  @Override
  public String name() {
    return "Meower: POST /callback through nginx";
  }

  @Override
  public Sample measure() throws Exception {
    lab.stack().stop(Part.PROGRAM);
    lab.stack().start(Part.PROGRAM);
    lab.stack().awaitHealthy(PATIENCE);
    program.put(
        "/presence",
        "{\"status_url\":\"%s\",\"online_for\":\"30s\",\"max_in_flight\":5000}"
            .formatted(status.url()));
    double before = serviceBytes();
    double allBefore = allBytes();
    report(RAMP, (_, _) -> {});
    Histogram inFlight = new Histogram(10_000, 3);
    List<Future<Duration>> watched = new ArrayList<>();
    double perSecond;
    try (ExecutorService watchers = Executors.newVirtualThreadPerTaskExecutor()) {
      perSecond =
          report(
              lab.options().time(),
              (number, id) -> {
                inFlight.recordValue(status.inFlight());
                if (number % WATCHED == 0) {
                  Instant reported = Instant.now();
                  watched.add(watchers.submit(() -> seen(id, reported)));
                }
              });
    }
    Histogram millis = new Histogram(PATIENCE.toMillis() * 2, 3);
    for (Future<Duration> each : watched) {
      millis.recordValue(each.get().toMillis());
    }
    return Sample.of("seen p99 s", millis.getValueAtPercentile(99) / 1e3)
        .with("seen p50 s", millis.getValueAtPercentile(50) / 1e3)
        .with("sightings/s", perSecond)
        .with("in flight", inFlight.getMean())
        .with("most in flight", (double) inFlight.getMaxValue())
        .with("service more MB", (serviceBytes() - before) / 1e6)
        .with("all more MB", (allBytes() - allBefore) / 1e6);
  }

  /** Is told of each report: its number, and one of its objects that is online. */
  private interface Reported {
    void of(int number, int id);
  }

  /**
   * Reports in equal steps, whether or not the ones before are answered.
   *
   * @return how many objects were reported in a second, until the last answer
   */
  private double report(Duration time, Reported reported) throws Exception {
    int reports = (int) (time.toMillis() * RATE / 1_000 / AT_ONCE);
    List<Future<?>> answers = new ArrayList<>();
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < reports; i++) {
        LockSupport.parkNanos(start + i * 1_000_000_000L * AT_ONCE / RATE - System.nanoTime());
        int first = next;
        next = (next + AT_ONCE) % OBJECTS;
        // Before it is sent: what comes in between counts.
        reported.of(i, first + i % AT_ONCE / 2 * 2);
        answers.add(threads.submit(() -> program.post("/callback", sightings(first))));
      }
    }
    for (Future<?> answer : answers) {
      answer.get();
    }
    return reports * AT_ONCE * 1e9 / (System.nanoTime() - start);
  }

  private static String sightings(int first) {
    return IntStream.range(first, first + AT_ONCE)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(",", "{\"object_ids\":[", "]}"));
  }

  /** Returns how long it took until whoever asks is told that it was seen since. */
  private Duration seen(int id, Instant reported) throws IOException, InterruptedException {
    while (true) {
      HttpResponse<String> answer = program.look("/presence/%s/%d".formatted(program.name(), id));
      Duration since = Duration.between(reported, Instant.now());
      if (answer.statusCode() == 200
          && Instant.parse(LAST_SEEN.in(answer.body()).getFirst()).isAfter(reported)) {
        return since;
      }
      if (since.compareTo(PATIENCE) > 0) {
        throw new IOException(
            "object %d is not here: %d %s".formatted(id, answer.statusCode(), answer.body()));
      }
      Thread.sleep(LOOK);
    }
  }

  private double serviceBytes() throws IOException {
    return Memory.ofProcess(lab.stack().pid(Part.PROGRAM).orElseThrow());
  }

  private double allBytes() throws IOException {
    double sum = 0;
    for (Part part : Part.values()) {
      sum += Memory.ofProcess(lab.stack().pid(part).orElseThrow());
    }
    return sum;
  }
}
