package meower.query.projection;

import io.nats.client.Message;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the lease on a batch until it is closed: says again and again that it is being worked on.
 *
 * <p>So the server can be quick to give away what an instance held that died, and yet patient with
 * one that is slow.
 */
final class LeaseRenewal implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LeaseRenewal.class);
  private static final int RENEWALS_PER_LEASE = 3;

  private final List<Message> batch;
  private final Duration interval;
  private final Thread thread = Thread.ofVirtual().name("lease-renewal").unstarted(this::renew);

  private LeaseRenewal(List<Message> batch, Duration interval) {
    this.batch = batch;
    this.interval = interval;
  }

  /**
   * Begins to renew.
   *
   * @param ackWait after which time the server gives away what it has heard nothing of
   */
  static LeaseRenewal of(List<Message> batch, Duration ackWait) {
    LeaseRenewal renewal = new LeaseRenewal(batch, ackWait.dividedBy(RENEWALS_PER_LEASE));
    renewal.thread.start();
    return renewal;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void renew() {
    try {
      while (true) {
        Thread.sleep(interval);
        batch.forEach(Message::inProgress);
      }
    } catch (InterruptedException e) {
      log.trace("lease=ended", e);
    } catch (IllegalStateException e) {
      // The connection is gone for good, and with it the right to the batch.
      log.debug("lease=lost", e);
    }
  }
}
