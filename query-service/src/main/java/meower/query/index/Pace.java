package meower.query.index;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When the next batch is written: at once after a quiet moment or when there is a backlog,
 * otherwise not before some time has passed since the last one began.
 *
 * <p>Every write makes what it brought visible, and that costs Elasticsearch milliseconds, be it
 * one meow or fifty. So those that come shortly after each other are written together.
 *
 * <p>Belongs to one thread.
 */
final class Pace {

  private final long interval;
  private final LongSupplier nanoTime;
  private long next;

  /**
   * @param interval the time from one write to the next
   * @param nanoTime a clock like {@link System#nanoTime()}
   */
  Pace(Duration interval, LongSupplier nanoTime) {
    this.interval = interval.toNanos();
    this.nanoTime = nanoTime;
    this.next = nanoTime.getAsLong();
  }

  /** Returns how long to wait before more is taken; zero or less if not at all. */
  Duration pause() {
    return Duration.ofNanos(next - nanoTime.getAsLong());
  }

  /**
   * A write begins.
   *
   * @param full whether it has as many as it may have, so that more may be waiting
   */
  void writing(boolean full) {
    next = nanoTime.getAsLong() + (full ? 0 : interval);
  }
}
