package meower.e2e.chaos.load;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import meower.e2e.access.Transport;
import meower.e2e.chaos.history.Post;
import meower.e2e.chaos.history.Text;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks HTTP with Meower's front door. */
public final class Client implements AutoCloseable {

  /** Longer than any answer may take, so that what runs into it hangs. */
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final JsonMapper JSON = JsonMapper.shared();

  private final URI base;
  private final Transport transport;
  private final HttpClient http;

  public Client(String url, Transport transport) {
    this.base = URI.create(url);
    this.transport = transport;
    this.http = transport.http().build();
  }

  /** Sends the text of a post once, with its key if it has one. */
  Answer post(Post post) throws IOException, InterruptedException {
    var request =
        request("/meows")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("body", post.body()))));
    post.key().ifPresent(key -> request.header("Idempotency-Key", key));
    post.sending();
    return send(request);
  }

  /**
   * Sends an edit once.
   *
   * @param revision that may be replaced; any, if it is empty
   */
  Answer edit(Own meow, Text text, OptionalInt revision) throws IOException, InterruptedException {
    var request =
        request("/meows/" + meow.id())
            .header("Content-Type", "application/json")
            .header("Meower-Undo", meow.undo())
            .PUT(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("body", text.body()))));
    revision.ifPresent(known -> request.header("If-Match", "\"" + known + "\""));
    text.sending();
    return send(request);
  }

  /** Sends a deletion once. */
  Answer delete(Own meow) throws IOException, InterruptedException {
    return send(request("/meows/" + meow.id()).header("Meower-Undo", meow.undo()).DELETE());
  }

  public Answer get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return new Answer(http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
  }

  /** Where Meower is. */
  public URI base() {
    return base;
  }

  /** Makes a WebSocket, with nothing but what the handshake needs. */
  Connection connection(Consumer<JsonNode> frames, Supplier<Duration> slowness) {
    return new Connection(base, transport, Map.of(), () -> {}, frames, slowness);
  }

  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
