package meower.e2e;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that is connected to {@code /pusher} and remembers every frame. */
public final class FeedReader extends WebSocketListener implements AutoCloseable {

  private static final int MOST = 1_000;

  private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
  private final AtomicInteger closeCode = new AtomicInteger();
  private final CompletableFuture<JsonNode> hello = new CompletableFuture<>();
  private final WebSocket socket;

  /** Not before there is somebody to be believed. */
  private static final class Http {
    static final OkHttpClient CLIENT = client();
  }

  private FeedReader(String url) {
    this.socket = Http.CLIENT.newWebSocket(new Request.Builder().url(url).build(), this);
  }

  /** Connects and returns when the first frame is there. */
  public static FeedReader connect(String url) throws Exception {
    return connect(url, "");
  }

  /**
   * Connects, and returns when the first frame is there.
   *
   * @param query of the address, with its question mark
   */
  static FeedReader connect(String url, String query) throws Exception {
    FeedReader reader = new FeedReader(url + "/pusher" + query);
    reader.hello.get(10, TimeUnit.SECONDS);
    return reader;
  }

  public JsonNode hello() {
    return hello.resultNow();
  }

  /** All frames but the first. */
  public List<JsonNode> frames() {
    return List.copyOf(frames);
  }

  /** The meows whose body contains the word, in the order in which they came. */
  public List<Api.Meow> meows(String word) {
    return frames.stream()
        .filter(f -> f.get("kind").intValue() == 1)
        .map(Api.Meow::of)
        .filter(m -> m.body().contains(word))
        .toList();
  }

  public void send(String text) {
    socket.send(text);
  }

  /** Returns with which code the server closed the connection, 0 while it is open. */
  int closeCode() {
    return closeCode.get();
  }

  @Override
  public void onMessage(WebSocket from, String text) {
    JsonNode frame = JsonMapper.shared().readTree(text);
    if (!hello.complete(frame)) {
      frames.add(frame);
    }
  }

  @Override
  public void onClosing(WebSocket from, int code, String reason) {
    closeCode.set(code);
    from.close(code, reason);
  }

  @Override
  public void onFailure(WebSocket from, Throwable error, @Nullable Response response) {
    hello.completeExceptionally(error);
  }

  @Override
  public void close() {
    socket.cancel();
  }

  private static OkHttpClient client() {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(MOST);
    return new OkHttpClient.Builder().dispatcher(dispatcher).build();
  }
}
