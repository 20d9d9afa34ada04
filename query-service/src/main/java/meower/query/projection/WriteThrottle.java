package meower.query.projection;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When the next batch is written: at once after a quiet moment or when there is a backlog,
 * otherwise not before some time has passed since the last one began.
 *
 * <p>Every write makes what it brought visible, and that costs Elasticsearch milliseconds, be it
 * one meow or fifty. So those that come shortly after each other are written together; and when
 * there are many of them, for longer: a tenth of a second more then saves half of Elasticsearch's
 * work.
 *
 * <p>Belongs to one thread.
 */
final class WriteThrottle {

  /** From so many in one write on there is more to save than to lose by waiting for longer. */
  static final int BUSY_BATCH = 100;

  /** For how many intervals then. */
  static final int BUSY_INTERVALS = 4;

  private final long interval;
  private final LongSupplier nanoTime;
  private long next;

  /**
   * @param interval the time from one write to the next
   * @param nanoTime a clock like {@link System#nanoTime()}
   */
  WriteThrottle(Duration interval, LongSupplier nanoTime) {
    this.interval = interval.toNanos();
    this.nanoTime = nanoTime;
    this.next = nanoTime.getAsLong();
  }

  /** Returns how long to wait before more is taken; zero or less if not at all. */
  Duration delay() {
    return Duration.ofNanos(next - nanoTime.getAsLong());
  }

  /**
   * Called when a write begins.
   *
   * @param count how many it has
   * @param limit how many it may have; when it has them, more may be waiting
   */
  void onWrite(int count, int limit) {
    long pause = count < BUSY_BATCH ? interval : BUSY_INTERVALS * interval;
    next = nanoTime.getAsLong() + (count < limit ? pause : 0);
  }
}
