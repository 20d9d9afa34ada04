package meower.web.events;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.http.MediaType;

/**
 * The answer to a request for Server-Sent Events: each is on its way when the call returns. A
 * reader that takes nothing blocks it until the container's time-out of writes, which is an {@link
 * IOException}.
 */
public final class EventOutput {

  /** From one comment to the next: below what proxies and telephones cut. */
  public static final Duration COMMENTS = Duration.ofSeconds(15);

  private static final long RETRY = 2_000;
  private static final long RETRY_SPREAD = 1_000;
  private static final long RETRY_WHEN_BUSY = 10_000;

  private final OutputStream out;
  private boolean begun;

  private EventOutput(OutputStream out) {
    this.out = out;
  }

  /** Says in its headers what the answer is; all there is to say to a {@code HEAD}. */
  public static void describe(HttpServletResponse response) {
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-store");
  }

  /** Begins the answer: its headers are on their way. */
  public static EventOutput open(HttpServletResponse response) throws IOException {
    describe(response);
    response.flushBuffer();
    return new EventOutput(response.getOutputStream());
  }

  /** Sends events as text. */
  public void send(String events) throws IOException {
    send(List.of(utf8(events)));
  }

  /**
   * Sends events that are encoded already. The first ones say how long a reader waits before it
   * comes back: not all of them equally long, since a restart ends all streams at once.
   */
  public void send(List<byte[]> events) throws IOException {
    if (!begun) {
      begun = true;
      put(utf8(ServerSentEvent.retry(RETRY + ThreadLocalRandom.current().nextLong(RETRY_SPREAD))));
    }
    for (byte[] event : events) {
      put(event);
    }
    flush();
  }

  /** Sends a comment: that a reader is still there shows when it takes something. */
  public void comment() throws IOException {
    write(ServerSentEvent.COMMENT);
  }

  /**
   * Tells a reader that nobody is let in, and when to come back: an error would end it for good.
   */
  public void busy() throws IOException {
    write(ServerSentEvent.busy(RETRY_WHEN_BUSY));
  }

  private void write(String events) throws IOException {
    put(utf8(events));
    flush();
  }

  private void put(byte[] events) throws IOException {
    guard(() -> out.write(events));
  }

  private void flush() throws IOException {
    guard(out::flush);
  }

  private static byte[] utf8(String events) {
    return events.getBytes(StandardCharsets.UTF_8);
  }

  private interface Write {
    void run() throws IOException;
  }

  /** A response that the container has ended is an illegal state to it. */
  private static void guard(Write write) throws IOException {
    try {
      write.run();
    } catch (IllegalStateException e) {
      throw new IOException(e);
    }
  }
}
