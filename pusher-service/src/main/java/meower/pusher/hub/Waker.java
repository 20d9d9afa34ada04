package meower.pusher.hub;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import meower.work.BackgroundLoop;
import meower.work.Backoff;

/**
 * Wakes the subscribers that sleep: when there is something new for them, at the {@link Pace}, and
 * when a ping or a pong is due. So none of thousands needs a timer.
 */
final class Waker {

  /** How often is looked after the heartbeats, if they are not faster. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** How late a ping may be, as a part of the time between two. */
  private static final int LATENESS = 4;

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

  private final Collection<Subscriber> subscribers;
  private final long lookNanos;
  private final Pace pace;
  private final Semaphore news = new Semaphore(0);
  private final BackgroundLoop loop = new BackgroundLoop("waker", Backoff.DEFAULT, this::step);
  private long lookedAt = System.nanoTime();

  /**
   * @param subscribers those of the moment; others may change them
   */
  Waker(Collection<Subscriber> subscribers, HubProperties properties, Pace pace) {
    this.subscribers = subscribers;
    this.lookNanos = lookNanos(properties);
    this.pace = pace;
  }

  /** Something was appended: they are woken soon, once for all that came meanwhile. */
  void wakeSoon() {
    news.release();
  }

  void start() {
    loop.start();
  }

  void stop() {
    loop.stop(STOP_TIMEOUT);
  }

  boolean isRunning() {
    return loop.isRunning();
  }

  private void step() throws InterruptedException {
    long untilLook = lookedAt + lookNanos - System.nanoTime();
    if (news.tryAcquire(Math.max(0, untilLook), TimeUnit.NANOSECONDS)) {
      TimeUnit.NANOSECONDS.sleep(pace.untilNext());
      pace.begin();
      news.drainPermits();
      subscribers.forEach(Subscriber::wake);
    }
    if (System.nanoTime() - lookedAt >= lookNanos) {
      lookedAt = System.nanoTime();
      subscribers.forEach(Subscriber::look);
    }
  }

  private static long lookNanos(HubProperties properties) {
    long fastest =
        Math.min(properties.pingInterval().toNanos(), properties.pongTimeout().toNanos());
    return Math.min(LOOK.toNanos(), fastest / LATENESS);
  }
}
