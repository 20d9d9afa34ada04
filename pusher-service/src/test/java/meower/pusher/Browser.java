package meower.pusher;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/**
 * A browser that behaves: it reads everything, answers pings and remembers what it got.
 *
 * <p>Java's own client will not do: of what comes right behind the answer to the handshake it loses
 * a piece, once in some hundred connections.
 */
final class Browser extends WebSocketListener implements AutoCloseable {

  private static final int MOST = 1_000;
  private static final OkHttpClient CLIENT = client();
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
  private final CompletableFuture<Boolean> connected = new CompletableFuture<>();
  private final Queue<Received> frames = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final WebSocket socket;
  private volatile String closeReason = "";

  private Browser(URI uri) {
    Request request = new Request.Builder().url(uri.toString().replaceFirst("^ws", "http")).build();
    socket = CLIENT.newWebSocket(request, this);
  }

  /** Connects; fails when it is not let in. */
  static Browser connect(URI uri) {
    Browser browser = new Browser(uri);
    browser.connected.orTimeout(CONNECT.toSeconds(), TimeUnit.SECONDS).join();
    return browser;
  }

  List<Received> frames() {
    return List.copyOf(frames);
  }

  Received hello() {
    return frames.element();
  }

  List<Received> meows() {
    return frames.stream().filter(Received::isMeow).toList();
  }

  List<Long> sequences() {
    return meows().stream().map(Received::sequence).toList();
  }

  int count() {
    return count.get();
  }

  /** Returns the code with which the server closed the connection, waiting for it. */
  int closeCode() throws Exception {
    return closeCode.get(20, TimeUnit.SECONDS);
  }

  boolean isOpen() {
    return !closeCode.isDone();
  }

  String closeReason() {
    return closeReason;
  }

  WebSocket socket() {
    return socket;
  }

  @Override
  public void onOpen(WebSocket from, Response response) {
    connected.complete(true);
  }

  @Override
  public void onMessage(WebSocket from, String text) {
    frames.add(Received.of(text));
    count.incrementAndGet();
  }

  @Override
  public void onClosing(WebSocket from, int code, String reason) {
    from.close(code, reason);
    closeReason = reason;
    closeCode.complete(code);
  }

  @Override
  public void onFailure(WebSocket from, Throwable error, @Nullable Response response) {
    connected.completeExceptionally(error);
    closeCode.completeExceptionally(error);
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
