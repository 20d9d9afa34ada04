package meower.standalone.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Reports some of a hundred objects, chosen at random and with repeats, as something does that
 * meets them: 0 to 199 numbers from 0 to 99 with each report. It gives up after a second and does
 * not repeat it.
 */
public final class SightingReporter implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final int MOST = 200;
  private static final int OBJECTS = 100;
  private static final int ACCEPTED = 202;

  private final URI callback;
  private final String header;
  private final String secret;
  private final RandomGenerator random;
  private final HttpClient client;
  private final Map<Integer, Long> reported = new TreeMap<>();

  /**
   * @param callback where sightings are reported
   * @param header that says who it is
   * @param secret what it says
   */
  public SightingReporter(URI callback, String header, String secret, RandomGenerator random) {
    this(HttpClient.newBuilder(), callback, header, secret, random);
  }

  /** Likewise, with a client that knows whom to believe. */
  SightingReporter(
      HttpClient.Builder client,
      URI callback,
      String header,
      String secret,
      RandomGenerator random) {
    this.client = client.connectTimeout(TIMEOUT).build();
    this.callback = callback;
    this.header = header;
    this.secret = secret;
    this.random = random;
  }

  /**
   * What became of a report.
   *
   * @param status of the answer; 0 when there was none in time
   * @param body of the answer
   * @param objects how many different ones were reported
   */
  public record Report(int status, String body, int sightings, int objects) {}

  /** Reports once. */
  public Report report() throws InterruptedException {
    var ids = random.ints(random.nextInt(MOST), 0, OBJECTS).boxed().toList();
    var objects = List.copyOf(new TreeSet<>(ids));
    var body =
        ids.stream()
            .map(String::valueOf)
            .collect(Collectors.joining(",", "{\"object_ids\":[", "]}"));
    var request =
        HttpRequest.newBuilder(callback)
            .timeout(TIMEOUT)
            .header(header, secret)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() == ACCEPTED) {
        objects.forEach(id -> reported.put(id, System.nanoTime()));
      }
      return new Report(answer.statusCode(), answer.body(), ids.size(), objects.size());
    } catch (IOException e) {
      return new Report(0, String.valueOf(e.getMessage()), ids.size(), objects.size());
    }
  }

  /**
   * Returns which online objects were reported, and taken, between these times ago for the last
   * time.
   */
  public List<String> online(Duration earliest, Duration latest) {
    long now = System.nanoTime();
    return reported.entrySet().stream()
        .filter(one -> now - one.getValue() <= earliest.toNanos())
        .filter(one -> now - one.getValue() >= latest.toNanos())
        .map(one -> String.valueOf(one.getKey()))
        .filter(StatusApi::isOnline)
        .toList();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
