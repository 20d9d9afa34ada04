package meower.query.rebuild;

import java.util.Optional;
import java.util.OptionalLong;
import meower.query.index.MeowIndex;
import meower.query.projection.IndexConsumers;

/**
 * How far an index was filled at one moment.
 *
 * @param whole whether the stream had everything, and was not being refilled
 * @param end the last sequence of the stream
 * @param filled nothing when the index had no consumer
 */
record FillProgress(MeowIndex index, boolean whole, long end, Optional<Filled> filled) {

  /**
   * What the consumer of an index says.
   *
   * @param floor up to which sequence the index has everything
   * @param lag how many messages of the stream it does not have
   */
  record Filled(long floor, long lag) {

    /** Tells whether it lacks few enough events of a stream to be read. */
    boolean isNear(long end) {
      return end - floor < IndexConsumers.FAR_BEHIND;
    }
  }

  /**
   * Returns up to which sequence it is time to compare the index with the stream, or nothing while
   * it is to be filled further.
   *
   * <p>A stream that grows is never had as a whole. So it is enough to have what it had earlier.
   *
   * @param earlier what was found by the check before, if there was one
   */
  OptionalLong comparable(Optional<FillProgress> earlier) {
    if (!whole || filled.isEmpty()) {
      return OptionalLong.empty();
    }
    long floor = filled.get().floor();
    boolean caughtUp =
        filled.get().lag() == 0 || earlier.filter(e -> isReached(e, floor)).isPresent();
    return caughtUp ? OptionalLong.of(floor) : OptionalLong.empty();
  }

  private boolean isReached(FillProgress earlier, long floor) {
    return earlier.whole() && earlier.index().equals(index) && floor >= earlier.end();
  }
}
