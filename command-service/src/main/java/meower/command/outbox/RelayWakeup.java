package meower.command.outbox;

import io.nats.client.Connection;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import meower.nats.NatsLink;
import meower.nats.NatsUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells the relay that there is something in the outbox, so that it need not poll for it.
 *
 * <p>The relay may run in another instance of the service: that one is told over NATS, at most once
 * and without waiting. A call that gets lost costs no more than the relay's own look every second;
 * and while NATS is away there is nothing to relay to.
 */
@Component
public class RelayWakeup {

  /** Outside of what the stream takes in: nobody needs this after the moment. */
  private static final String SUBJECT = "relay.wakeup";

  private static final Logger log = LoggerFactory.getLogger(RelayWakeup.class);

  private final NatsLink link;
  private final Semaphore signal = new Semaphore(0);
  private volatile boolean leading;

  public RelayWakeup(NatsLink link) {
    this.link = link;
  }

  /** Says that an event was committed to the outbox; never blocks. */
  public void wake() {
    if (leading) {
      signal();
    } else {
      wakeTheOther();
    }
  }

  /** Waits until somebody wakes the relay, at most for the given time. */
  void await(Duration atMost) throws InterruptedException {
    if (signal.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      signal.drainPermits();
    }
  }

  /** Hears the calls of the other instances from now on. */
  Listening listen() throws NatsUnavailableException {
    Connection connection = link.connection();
    var dispatcher = connection.createDispatcher(_ -> signal());
    dispatcher.subscribe(SUBJECT);
    leading = true;
    return () -> {
      leading = false;
      if (connection.getStatus() != Connection.Status.CLOSED) {
        connection.closeDispatcher(dispatcher);
      }
    };
  }

  private void signal() {
    if (signal.availablePermits() == 0) {
      signal.release();
    }
  }

  private void wakeTheOther() {
    try {
      link.connection().publish(SUBJECT, null);
    } catch (NatsUnavailableException | IllegalStateException e) {
      log.debug("relay=not-woken", e);
    }
  }

  /** Ends what {@link #listen()} began. */
  @FunctionalInterface
  interface Listening extends AutoCloseable {

    @Override
    void close();
  }
}
