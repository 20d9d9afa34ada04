package meower.pusher.online;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import meower.nats.Broadcast;
import meower.nats.NatsLink;
import meower.nats.NatsUnavailableException;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the browsers of all instances: connections, not people. Each instance tells its number to
 * the others every five seconds over NATS; nobody stores that. While NATS is away the own number
 * remains.
 */
public final class Online implements BackgroundWork {

  private static final Logger log = LoggerFactory.getLogger(Online.class);

  /** Instance and number, with a space between them. */
  private static final String SUBJECT = "presence.browsers";

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  /** Three times untold. */
  private static final Duration FORGOTTEN_AFTER = INTERVAL.multipliedBy(3);

  private final String instance = UUID.randomUUID().toString();
  private final AtomicInteger own = new AtomicInteger();
  private final Counts others = new Counts(FORGOTTEN_AFTER, System::nanoTime);
  private final Broadcast broadcast;
  private volatile boolean stopped;
  private final BackgroundLoop loop = new BackgroundLoop("online", Backoff.DEFAULT, this::round);

  public Online(NatsLink link) {
    this.broadcast = new Broadcast(link, SUBJECT, this::hear);
  }

  /** A browser was let in. */
  public void joined() {
    own.incrementAndGet();
  }

  /** A browser that was let in is gone. */
  public void left() {
    own.decrementAndGet();
  }

  /** Returns how many browsers are connected to all instances, as far as is known here. */
  public int count() {
    return own.get() + others.sum();
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  @Override
  public void start() {
    broadcast.start();
    loop.start();
  }

  /** Those who were here are counted where they go on, and not in two places. */
  @Override
  public void stop() {
    stopped = true;
    loop.stop(STOP_TIMEOUT);
    tell(0);
    broadcast.stop();
  }

  private void round() throws InterruptedException {
    tell(own.get());
    Thread.sleep(INTERVAL);
  }

  private void tell(int connections) {
    try {
      broadcast.tell(instance + " " + connections);
    } catch (NatsUnavailableException | IllegalStateException e) {
      log.debug("online={} told=no", connections, e);
    }
  }

  private void hear(String text) {
    int space = text.indexOf(' ');
    try {
      if (space > 0 && !text.startsWith(instance)) {
        boolean isNew =
            others.said(
                text.substring(0, space), Integer.parseInt(text, space + 1, text.length(), 10));
        if (isNew && !stopped) {
          // Who has just been started knows of nobody yet.
          tell(own.get());
        }
      }
    } catch (NumberFormatException e) {
      log.debug("online=unreadable", e);
    }
  }
}
