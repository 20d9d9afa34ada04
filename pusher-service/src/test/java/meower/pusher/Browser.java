package meower.pusher;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A browser that behaves: it reads everything, answers pings and remembers what it got. */
final class Browser implements WebSocket.Listener, AutoCloseable {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
  private final Queue<Received> frames = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final StringBuilder partial = new StringBuilder();
  private volatile String closeReason = "";
  private @Nullable WebSocket socket;

  private Browser() {}

  static Browser connect(URI uri) {
    Browser browser = new Browser();
    browser.socket =
        CLIENT.newWebSocketBuilder().connectTimeout(CONNECT).buildAsync(uri, browser).join();
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
    if (socket == null) {
      throw new IllegalStateException("not connected");
    }
    return socket;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      frames.add(Received.of(partial.toString()));
      count.incrementAndGet();
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closeReason = reason;
    closeCode.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closeCode.completeExceptionally(error);
  }

  @Override
  public void close() {
    socket().abort();
  }
}
