package meower.pusher.events;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import meower.pusher.frame.Batch;
import meower.pusher.hub.FeedSession;

/**
 * A connection over which events are streamed. Its request stays open until it is over.
 *
 * <p>Nobody answers on it: that it is still there shows when something can be written.
 */
final class EventStream implements FeedSession {

  /** Below what proxies and telephones cut. */
  private static final Duration COMMENTS = Duration.ofSeconds(15);

  private static final long RETRY = 2_000;
  private static final long RETRY_SPREAD = 1_000;
  private static final long RETRY_WHEN_BUSY = 10_000;

  private final OutputStream out;
  private final Runnable alive;
  private final CountDownLatch over = new CountDownLatch(1);
  private boolean begun;

  /**
   * @param alive is told when a comment was taken
   */
  EventStream(OutputStream out, Runnable alive) {
    this.out = out;
    this.alive = alive;
  }

  @Override
  public void send(Batch batch) throws IOException {
    StringBuilder events = new StringBuilder();
    if (!begun) {
      begun = true;
      events.append(
          ServerSentEvent.retry(RETRY + ThreadLocalRandom.current().nextLong(RETRY_SPREAD)));
    }
    batch.texts().forEach(frame -> events.append(ServerSentEvent.of(frame)));
    write(events.toString());
  }

  @Override
  public void ping() throws IOException {
    write(ServerSentEvent.COMMENT);
    alive.run();
  }

  @Override
  public Optional<Duration> pingInterval() {
    return Optional.of(COMMENTS);
  }

  /** The end of the stream has readers come back; what is busy says when. */
  @Override
  public void close(CloseReason reason) throws IOException {
    if (reason.getCloseCode() == CloseCodes.TRY_AGAIN_LATER) {
      write(ServerSentEvent.busy(RETRY_WHEN_BUSY));
    }
    over.countDown();
  }

  @Override
  public boolean isOver() {
    return over.getCount() == 0;
  }

  @Override
  public void abandon() {
    over.countDown();
  }

  /** A write that is blocked ends by its own time-out, and with it the writer. */
  @Override
  public void cutOff(CloseReason reason) {
    over.countDown();
  }

  /** Waits until there is nothing more to say. */
  void await() throws InterruptedException {
    over.await();
  }

  private void write(String events) throws IOException {
    try {
      out.write(events.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IllegalStateException e) {
      throw new IOException(e); // the container has ended the response
    }
  }
}
