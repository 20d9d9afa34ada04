package meower.query.view;

import java.util.Optional;
import meower.schema.Position;

/**
 * The highest position that readers were shown. Within its epoch no later view may end before it.
 *
 * @param position nothing while nobody was shown anything
 */
record HighWaterMark(Optional<Position> position) {

  static final HighWaterMark NONE = new HighWaterMark(Optional.empty());

  /** Tells whether a view up to there shows all that was shown before. */
  boolean isReachedBy(Position shown) {
    return position
        .filter(highest -> highest.epoch().equals(shown.epoch()))
        .filter(highest -> highest.sequence() > shown.sequence())
        .isEmpty();
  }

  /** Returns the mark after a view up to there was shown. */
  HighWaterMark advance(Position shown) {
    return isReachedBy(shown) ? new HighWaterMark(Optional.of(shown)) : this;
  }
}
