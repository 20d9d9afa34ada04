package meower.pusher.events;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import meower.pusher.frame.Batch;
import meower.pusher.frame.WireFrame;
import meower.pusher.hub.FeedSession;
import meower.web.events.EventOutput;

/**
 * A connection over which events are streamed. Its request stays open until it is over.
 *
 * <p>Nobody answers on it: that it is still there shows when something can be written.
 */
final class EventStream implements FeedSession {

  private final EventOutput out;
  private final Runnable alive;
  private final CountDownLatch over = new CountDownLatch(1);

  /**
   * @param alive is told when a comment was taken
   */
  EventStream(EventOutput out, Runnable alive) {
    this.out = out;
    this.alive = alive;
  }

  @Override
  public void send(Batch batch) throws IOException {
    out.send(batch.frames().stream().map(WireFrame::event).toList());
  }

  @Override
  public void ping() throws IOException {
    out.comment();
    alive.run();
  }

  @Override
  public Optional<Duration> pingInterval() {
    return Optional.of(EventOutput.COMMENTS);
  }

  /** The end of the stream has readers come back; what is busy says when. */
  @Override
  public void close(CloseReason reason) throws IOException {
    if (reason.getCloseCode() == CloseCodes.TRY_AGAIN_LATER) {
      out.busy();
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
}
