package meower.bench.push;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import meower.bench.lab.Contender;
import meower.bench.lab.Sample;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.json.JsonMapper;

/**
 * From when a post is sent until the timeline and the search show it: {@code GET
 * /meows/{id}?wait=5s} is answered then.
 */
final class Searchable implements Contender {

  private static final double RATE = 100;
  private static final long LONGEST_MICROS = 60_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final int nginx;
  private final Duration time;

  Searchable(int nginx, Duration time) {
    this.nginx = nginx;
    this.time = time;
  }

  @Override
  public String name() {
    return "Meower: from the post until it can be found";
  }

  @Override
  public Sample measure() throws Exception {
    Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);
    try (HttpClient client = HttpClient.newHttpClient();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime();
      List<Future<?>> all = new ArrayList<>();
      for (long i = 0; i < RATE * time.toNanos() / 1e9; i++) {
        LockSupport.parkNanos(start + Math.round(i * 1e9 / RATE) - System.nanoTime());
        all.add(threads.submit(() -> postAndWait(client, micros)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    return Sample.of("p50 ms", micros.getValueAtPercentile(50) / 1e3)
        .with("p99 ms", micros.getValueAtPercentile(99) / 1e3);
  }

  private Void postAndWait(HttpClient client, Histogram micros)
      throws IOException, InterruptedException {
    long sent = System.nanoTime();
    String posted =
        answer(
            client,
            201,
            request("/meows")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"body\":\"when can I be found?\"}")));
    String id = JsonMapper.shared().readTree(posted).get("id").asString();
    answer(client, 200, request("/meows/" + id + "?wait=5s"));
    micros.recordValue(Math.min((System.nanoTime() - sent) / 1_000, LONGEST_MICROS));
    return null;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + nginx + path)).timeout(PATIENCE);
  }

  private static String answer(HttpClient client, int status, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != status) {
      throw new IOException("answered with " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }
}
