package meower.web.socket;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Decides when whoever is connected is pinged, and when they have been silent for too long.
 *
 * <p>Time is monotonic, because a step of the wall clock must not close every connection. Used by
 * the subscriber's writer thread; only {@link #ponged()} and {@link #isDue()} are for others, too.
 */
public final class Heartbeat {

  /** A write into a socket with room takes microseconds: one that took this long was blocked. */
  private static final Duration BLOCKED_WRITE = Duration.ofMillis(100);

  private final long interval;
  private final long timeout;
  private final LongSupplier nanoTime;
  private volatile long pingDue;
  private volatile long pongDue;
  private volatile boolean awaiting;

  /**
   * @param interval the time from one ping to the next
   * @param timeout how long an answer is waited for
   * @param nanoTime a clock like {@link System#nanoTime()}
   */
  public Heartbeat(Duration interval, Duration timeout, LongSupplier nanoTime) {
    this.interval = interval.toNanos();
    this.timeout = timeout.toNanos();
    this.nanoTime = nanoTime;
    this.pingDue = nanoTime.getAsLong() + this.interval;
  }

  /** Tells whether it is time to send a ping; no second one is due while the first is open. */
  public boolean isPingDue() {
    return !awaiting && nanoTime.getAsLong() - pingDue >= 0;
  }

  /** Tells whether a ping has gone unanswered for too long. */
  public boolean isSilent() {
    return awaiting && nanoTime.getAsLong() - pongDue >= 0;
  }

  /** A ping is about to be sent. */
  public void pinging() {
    long now = nanoTime.getAsLong();
    pingDue = now + interval;
    pongDue = now + timeout;
    awaiting = true;
  }

  /** The browser answered. */
  public void ponged() {
    awaiting = false;
  }

  /**
   * A write has ended. One that was blocked and then went through shows that the browser took
   * something: it is slow, not silent, and its pong waits behind what it has not read yet.
   *
   * @param started when it began, by the same clock
   */
  public void wrote(long started) {
    long now = nanoTime.getAsLong();
    if (now - started >= BLOCKED_WRITE.toNanos()) {
      pongDue = now + timeout;
    }
  }

  /** Returns the time by the clock of this heartbeat. */
  public long now() {
    return nanoTime.getAsLong();
  }

  /** Tells whether the writer has something to do: to ping, or to give up. */
  public boolean isDue() {
    return isPingDue() || isSilent();
  }
}
