package meower.web;

import java.util.function.LongSupplier;

/**
 * Lets through so many a second, and some at once after it was quiet (a token bucket). Never makes
 * anybody wait.
 */
public final class RateLimit {

  private static final double NANOS = 1e9;

  private final double rate;
  private final double burst;
  private final LongSupplier nanoTime;
  private double left;
  private long filledAt;

  /**
   * @param rate so many a second
   * @param burst so many at once
   * @param nanoTime a clock like {@link System#nanoTime()}
   */
  public RateLimit(int rate, int burst, LongSupplier nanoTime) {
    this.rate = rate;
    this.burst = burst;
    this.nanoTime = nanoTime;
    this.left = burst;
    this.filledAt = nanoTime.getAsLong();
  }

  /** Tells whether one more may pass. */
  public boolean tryPass() {
    return tryPass(1);
  }

  /** Tells whether so many more may pass together; if not, none does. */
  public synchronized boolean tryPass(int count) {
    long now = nanoTime.getAsLong();
    left = Math.min(burst, left + (now - filledAt) / NANOS * rate);
    filledAt = now;
    if (left < count) {
      return false;
    }
    left -= count;
    return true;
  }
}
