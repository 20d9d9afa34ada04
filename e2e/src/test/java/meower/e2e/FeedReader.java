package meower.e2e;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that is connected to {@code /pusher} and remembers every frame. */
final class FeedReader implements AutoCloseable, WebSocket.Listener {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
  private final AtomicInteger closeCode = new AtomicInteger();
  private final CompletableFuture<JsonNode> hello = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;

  private FeedReader(String url, String pathAndQuery) throws Exception {
    this.socket =
        HTTP.newWebSocketBuilder()
            .buildAsync(URI.create(url.replaceFirst("^http", "ws") + pathAndQuery), this)
            .get(10, TimeUnit.SECONDS);
  }

  /** Connects and returns when the first frame is there. */
  static FeedReader connect(String url) throws Exception {
    FeedReader reader = new FeedReader(url, "/pusher");
    reader.hello.get(10, TimeUnit.SECONDS);
    return reader;
  }

  JsonNode hello() {
    return hello.resultNow();
  }

  /** All frames but the first. */
  List<JsonNode> frames() {
    return List.copyOf(frames);
  }

  /** The meows whose body contains the word, in the order in which they came. */
  List<Api.Meow> meows(String word) {
    return frames.stream()
        .filter(f -> f.get("kind").intValue() == 1)
        .map(Api.Meow::of)
        .filter(m -> m.body().contains(word))
        .toList();
  }

  void send(String text) {
    socket.sendText(text, true).join();
  }

  /** Returns with which code the server closed the connection, 0 while it is open. */
  int closeCode() {
    return closeCode.get();
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      on(JsonMapper.shared().readTree(partial.toString()));
      partial.setLength(0);
    }
    webSocket.request(1);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    closeCode.set(code);
    return CompletableFuture.completedFuture(null);
  }

  private void on(JsonNode frame) {
    if (!hello.complete(frame)) {
      frames.add(frame);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }
}
