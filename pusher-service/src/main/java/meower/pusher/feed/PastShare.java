package meower.pusher.feed;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What one client gets of the past, however many connections it has: one page is read for it at a
 * time, so that nobody else waits behind all of them; and so many bytes a second, since a short
 * question is enough for all that was ever posted. Thread-safe.
 */
public final class PastShare {

  /** Whoever was away for a while gets that much at once, in seconds. */
  static final int BURST = 8;

  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Semaphore turn = new Semaphore(1, true);
  private final long bytesPerSecond;
  private final LongSupplier nanoTime;
  private double left;
  private long filledAt;

  /**
   * @param nanoTime a clock like {@link System#nanoTime()}
   */
  public PastShare(long bytesPerSecond, LongSupplier nanoTime) {
    this.bytesPerSecond = bytesPerSecond;
    this.nanoTime = nanoTime;
    this.left = (double) bytesPerSecond * BURST;
    this.filledAt = nanoTime.getAsLong();
  }

  /** Tells whether it is this connection's turn to have a page read; then {@link #end} it. */
  boolean begin(Duration patience) throws InterruptedException {
    return turn.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  void end() {
    turn.release();
  }

  /** It was sent that much. */
  synchronized void charge(long bytes) {
    fill();
    left -= bytes;
  }

  /** Returns for how long it has had enough. */
  synchronized Duration pause() {
    fill();
    return left >= 0
        ? Duration.ZERO
        : Duration.ofNanos((long) Math.ceil(-left / bytesPerSecond * SECOND));
  }

  private void fill() {
    long now = nanoTime.getAsLong();
    double more = (now - filledAt) / SECOND * bytesPerSecond;
    left = Math.min(left + more, (double) bytesPerSecond * BURST);
    filledAt = now;
  }
}
