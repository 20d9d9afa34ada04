package meower.query.view;

import java.time.Duration;
import java.util.Optional;
import meower.schema.Position;

/**
 * Up to which position an index is known to be complete, and for how long that need not be asked
 * again.
 *
 * <p>It never goes down: the index has what was once acknowledged, whether or not NATS, the stream
 * or the consumer has forgotten it.
 *
 * @param position nothing while NATS has never said it
 * @param until when it is to be asked again, a value of {@link System#nanoTime()}
 */
record Floor(Optional<Position> position, long until) {

  private static final long GOOD_FOR = Duration.ofMillis(20).toNanos();
  private static final long PAUSE_AFTER_FAILURE = Duration.ofMillis(500).toNanos();

  /** Nothing is known yet, and it may be asked at once. */
  static Floor unknown(long now) {
    return new Floor(Optional.empty(), now);
  }

  boolean isGood(long now) {
    return now - until < 0;
  }

  /** NATS has answered. */
  Floor acknowledged(String epoch, long sequence, long now) {
    long highest = Math.max(sequence, position.map(Position::sequence).orElse(0L));
    return new Floor(Optional.of(new Position(epoch, highest)), now + GOOD_FOR);
  }

  /** NATS has not answered, or not known the consumer. */
  Floor unanswered(long now) {
    return new Floor(position, now + PAUSE_AFTER_FAILURE);
  }
}
