package meower.pusher.online;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Decides when one browser is told how many are connected: at once, and then when that is another
 * number, but not more often than every five seconds. A browser that does not ask is told nothing.
 */
public final class OnlineFrames {

  static final Duration INTERVAL = Duration.ofSeconds(5);

  private final boolean isWanted;
  private final IntSupplier count;
  private final LongSupplier nanoTime;
  private volatile int told = -1;
  private volatile long dueAt;

  /**
   * @param count how many are connected
   * @param nanoTime a clock like {@link System#nanoTime()}
   */
  public OnlineFrames(boolean isWanted, IntSupplier count, LongSupplier nanoTime) {
    this.isWanted = isWanted;
    this.count = count;
    this.nanoTime = nanoTime;
    this.dueAt = nanoTime.getAsLong();
  }

  /** Tells whether the browser is to be told now. */
  public boolean isDue() {
    return isWanted && nanoTime.getAsLong() - dueAt >= 0 && count.getAsInt() != told;
  }

  /** Returns the number if the browser is to be told; only for one thread. */
  public OptionalInt next() {
    if (!isDue()) {
      return OptionalInt.empty();
    }
    int now = count.getAsInt();
    told = now;
    dueAt = nanoTime.getAsLong() + INTERVAL.toNanos();
    return OptionalInt.of(now);
  }
}
