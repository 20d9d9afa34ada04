package meower.e2e.chaos.load;

import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One WebSocket of a browser, from its handshake to its end. */
final class Connection implements WebSocket.Listener {

  static final int GOING_AWAY = 1001;
  static final int BROKEN = 1006;
  static final int TRY_AGAIN_LATER = 1013;

  private final Consumer<JsonNode> frames;
  private final Supplier<Duration> slowness;
  private final StringBuilder partial = new StringBuilder();
  private final CompletableFuture<Integer> end = new CompletableFuture<>();
  private @Nullable WebSocket socket;

  /**
   * @param frames takes each frame, one at a time
   * @param slowness how long to wait before each further frame is taken
   */
  Connection(Consumer<JsonNode> frames, Supplier<Duration> slowness) {
    this.frames = frames;
    this.slowness = slowness;
  }

  /** Completed with the close code when it has ended. */
  CompletableFuture<Integer> end() {
    return end;
  }

  /** Ends it: properly, or as when a network goes away. Nothing is taken any more. */
  synchronized void close(boolean properly) {
    end.complete(WebSocket.NORMAL_CLOSURE);
    var open = socket;
    if (open != null && properly) {
      var _ =
          open.sendClose(WebSocket.NORMAL_CLOSURE, "")
              .orTimeout(2, TimeUnit.SECONDS)
              .whenComplete((_, _) -> open.abort());
    } else if (open != null) {
      open.abort();
    }
  }

  @Override
  public void onOpen(WebSocket opened) {
    synchronized (this) {
      socket = opened;
    }
    opened.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      String text = partial.toString();
      partial.setLength(0);
      take(text);
    }
    LockSupport.parkNanos(slowness.get().toNanos());
    from.request(1);
    return null;
  }

  /** A frame that comes after the end was never seen by anybody. */
  private synchronized void take(String text) {
    if (!end.isDone()) {
      frames.accept(JsonMapper.shared().readTree(text));
    }
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    end.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    end.complete(BROKEN);
  }
}
