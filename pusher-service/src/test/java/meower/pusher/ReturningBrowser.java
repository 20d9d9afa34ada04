package meower.pusher;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A browser of which thousands fit into a test: it remembers nothing but how far it has come, and
 * judges every frame at once.
 */
final class ReturningBrowser implements WebSocket.Listener, AutoCloseable {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern SEQUENCE = Pattern.compile("\"position\":\"[0-9a-z]+-([0-9]+)\"");

  private final StringBuilder partial = new StringBuilder();
  private volatile long sequence;
  private volatile String wrong = "";
  private @Nullable CompletableFuture<WebSocket> socket;

  private ReturningBrowser(long after) {
    this.sequence = after;
  }

  /** Begins to connect. */
  static ReturningBrowser connect(URI uri, long after) {
    ReturningBrowser browser = new ReturningBrowser(after);
    browser.socket =
        CLIENT
            .newWebSocketBuilder()
            .connectTimeout(Duration.ofSeconds(30))
            .buildAsync(uri, browser);
    return browser;
  }

  /** Returns up to where it has everything. */
  long sequence() {
    return sequence;
  }

  /** Returns the first thing that was not as promised, nothing if all was. */
  String wrong() {
    return wrong;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      judge(partial.toString());
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    fail(error.toString());
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    fail("closed with " + code);
    return null;
  }

  @Override
  public void close() {
    if (socket != null && socket.isDone() && !socket.isCompletedExceptionally()) {
      socket.join().abort();
    }
  }

  private void judge(String frame) {
    Matcher matcher = SEQUENCE.matcher(frame);
    if (!matcher.find()) {
      fail(frame);
      return;
    }
    long found = Long.parseLong(matcher.group(1));
    boolean hello = frame.contains("\"resumed\":true");
    if (found != sequence + (hello ? 0 : 1)) {
      fail(frame + " after " + sequence);
    }
    sequence = found;
  }

  private void fail(String what) {
    if (wrong.isEmpty()) {
      wrong = what;
    }
  }
}
