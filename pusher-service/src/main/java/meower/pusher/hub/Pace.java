package meower.pusher.hub;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How soon one round of writing to the browsers may follow the round before, so that what comes
 * meanwhile goes out together.
 *
 * <p>A round costs each browser a write, the proxy a read and a write, and the machines of readers
 * the same again, however little is in it. So rounds are as far apart as keeps the processor time
 * of this process at {@link #SHARE} of the machine, and no further than the most: after some quiet,
 * a meow goes out at once; few browsers are told of each meow by itself; many browsers of many
 * meows get several at a time, the more of them the dearer a round is. ADR 39 has the measurements.
 *
 * <p>Belongs to one thread.
 */
final class Pace {

  /** The part of all processors' time that rounds may take. */
  private static final double SHARE = 0.125;

  /** How much the latest round counts among those before it. */
  private static final double LATEST = 0.125;

  private final long most;
  private final double processors;
  private final LongSupplier nanoTime;
  private final LongSupplier processorTime;
  private double cost;
  private long began;
  private long spent;

  /**
   * @param most how far two rounds are apart at most; zero does without a pace
   * @param processors how many there are
   * @param nanoTime the present, in nanoseconds since some moment
   * @param processorTime what this process has taken of them so far, in nanoseconds
   */
  Pace(Duration most, int processors, LongSupplier nanoTime, LongSupplier processorTime) {
    this.most = most.toNanos();
    this.processors = processors;
    this.nanoTime = nanoTime;
    this.processorTime = processorTime;
    this.began = nanoTime.getAsLong() - this.most;
    this.spent = processorTime.getAsLong();
  }

  /** Returns in how many nanoseconds the next round may begin; not above zero is now. */
  long untilNext() {
    return began + Math.min(most, (long) (cost / (SHARE * processors))) - nanoTime.getAsLong();
  }

  /** A round begins. */
  void begin() {
    began = nanoTime.getAsLong();
    long spentNow = processorTime.getAsLong();
    // One round after a long pause has paid for more than itself.
    double latest = Math.min((double) spentNow - spent, most * SHARE * processors);
    cost += LATEST * (latest - cost);
    spent = spentNow;
  }
}
