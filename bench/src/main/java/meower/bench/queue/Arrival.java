package meower.bench.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import meower.bench.http.Conversation;
import meower.bench.http.Fields;
import meower.bench.http.HttpLoad;
import meower.bench.lab.Contender;
import meower.bench.lab.Sample;
import meower.bench.program.Payload;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** From the publication of a message until one of many fetches that wait has it. */
record Arrival(MeowerQueue queue, Duration time) implements Contender {

  static final int RATE = 500;

  private static final int PUBLISHERS = 16;
  private static final int FETCHERS = 32;
  private static final int WAIT_SECONDS = 2;
  private static final long LONGEST_MICROS = 60_000_000;
  private static final Fields BODIES = new Fields("body");

  @Override
  public String name() {
    return queue.name();
  }

  @Override
  public Sample measure() throws Exception {
    queue.prepare();
    try {
      Histogram micros = histogram();
      // Longer than is published, so that the last ones arrive.
      CompletableFuture<Void> fetching =
          CompletableFuture.runAsync(
              () -> fetch(time.plusSeconds(1), micros), task -> Thread.ofPlatform().start(task));
      long published =
          HttpLoad.of(queue.port(), PUBLISHERS, Publishing::new).run(time, RATE).operations();
      fetching.get(time.plusMinutes(1).toMillis(), TimeUnit.MILLISECONDS);
      return sample(micros, published, time);
    } finally {
      queue.clear();
    }
  }

  /**
   * @throws IllegalStateException if not all of them have arrived
   */
  static Sample sample(Histogram micros, long published, Duration time) {
    if (micros.getTotalCount() < published) {
      throw new IllegalStateException(
          "only %d of %d messages have arrived".formatted(micros.getTotalCount(), published));
    }
    return Sample.of("p50 ms", micros.getValueAtPercentile(50) / 1e3)
        .with("p99 ms", micros.getValueAtPercentile(99) / 1e3)
        .with("messages/s", published * 1e9 / time.toNanos());
  }

  /** Records the age of a message that has just come. */
  static void arrived(long age, Histogram micros) {
    micros.recordValue(Math.clamp(age, 0, LONGEST_MICROS));
  }

  /** Returns what takes the ages of messages. */
  static Histogram histogram() {
    return new ConcurrentHistogram(LONGEST_MICROS, 3);
  }

  private void fetch(Duration span, Histogram micros) {
    try {
      HttpLoad.of(queue.port(), FETCHERS, () -> new Waiting(micros)).run(span);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Publishing implements Conversation {

    @Override
    public ByteBuffer next() {
      return queue.publish();
    }

    @Override
    public int answered(int status, byte[] body) {
      MeowerQueue.require(201, status, body);
      return 1;
    }
  }

  private final class Waiting implements Conversation {

    private final Histogram micros;
    private List<String> leases = List.of();

    Waiting(Histogram micros) {
      this.micros = micros;
    }

    @Override
    public ByteBuffer next() {
      return leases.isEmpty() ? queue.fetch(WAIT_SECONDS) : queue.acknowledge(leases);
    }

    @Override
    public int answered(int status, byte[] body) {
      if (!leases.isEmpty()) {
        MeowerQueue.requireDone(status, body);
        leases = List.of();
        return 1;
      }
      MeowerQueue.require(200, status, body);
      leases = MeowerQueue.leases(body);
      BODIES.in(body).forEach(text -> arrived(Payload.age(text), micros));
      return 0;
    }
  }
}
