package meower.pusher.hub;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Notices who sends frames in numbers that nobody needs, also such as no handler hears of: pings,
 * pongs, and pieces without a text. Each costs as much as one that says something.
 *
 * <p>Belongs to one thread.
 */
final class Flood {

  /** More than all commands that may come meanwhile, some of them in pieces. */
  static final int MOST_FRAMES = 500;

  static final Duration PERIOD = Duration.ofSeconds(10);

  private final long most;
  private final LongSupplier nanoTime;
  private long periodStart;
  private long before;

  /**
   * @param most how many frames may come in a period
   * @param nanoTime a clock like {@link System#nanoTime()}
   */
  Flood(long most, LongSupplier nanoTime) {
    this.most = most;
    this.nanoTime = nanoTime;
    this.periodStart = nanoTime.getAsLong();
  }

  /**
   * Returns how many frames have come in this period.
   *
   * @param received how many since the connection began
   */
  long count(long received) {
    return received - before;
  }

  /**
   * Tells whether it is one.
   *
   * @param received how many frames have come since the connection began
   */
  boolean isAt(long received) {
    boolean tooMany = received - before > most;
    long now = nanoTime.getAsLong();
    if (now - periodStart >= PERIOD.toNanos()) {
      periodStart = now;
      before = received;
    }
    return tooMany;
  }
}
