package meower.query.projection;

import io.nats.client.Message;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says again and again, until it is closed, that a batch is being worked on.
 *
 * <p>So the server can be quick to give away what an instance held that died, and yet patient with
 * one that is slow.
 */
final class Hold implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Hold.class);
  private static final int TIMES = 3;

  private final List<Message> batch;
  private final Duration pause;
  private final Thread thread = Thread.ofVirtual().name("hold").unstarted(this::renew);

  private Hold(List<Message> batch, Duration pause) {
    this.batch = batch;
    this.pause = pause;
  }

  /**
   * Begins to hold a batch.
   *
   * @param patience after which time the server gives away what it has heard nothing of
   */
  static Hold on(List<Message> batch, Duration patience) {
    Hold hold = new Hold(batch, patience.dividedBy(TIMES));
    hold.thread.start();
    return hold;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void renew() {
    try {
      while (true) {
        Thread.sleep(pause);
        batch.forEach(Message::inProgress);
      }
    } catch (InterruptedException e) {
      log.trace("hold=ended", e);
    } catch (IllegalStateException e) {
      // The connection is gone for good, and with it the right to the batch.
      log.debug("hold=lost", e);
    }
  }
}
