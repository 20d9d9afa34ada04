package meower.query.view;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import meower.query.index.MeowIndex;
import meower.schema.Position;

/**
 * What views are made of: the index that readers read, and the one that they read before, which may
 * be a moment ahead of it.
 */
record ReadableIndexes(AckFloor current, Optional<AckFloor> former) {

  static ReadableIndexes only(AckFloor current) {
    return new ReadableIndexes(current, Optional.empty());
  }

  /**
   * Returns what views are made of after readers were seen to read the index.
   *
   * @param floors begins to follow an index of which nothing is known
   */
  ReadableIndexes follow(MeowIndex index, Function<MeowIndex, AckFloor> floors) {
    if (current.index().equals(index)) {
      return this;
    }
    AckFloor next =
        former.filter(floor -> floor.index().equals(index)).orElseGet(() -> floors.apply(index));
    return new ReadableIndexes(next, Optional.of(current));
  }

  /**
   * Returns the view of this moment, of the former index as long as the new one is behind it.
   *
   * @param isEnough tells whether a view up to there may be shown
   */
  Optional<View> view(Predicate<Position> isEnough) {
    Optional<View> view = view(current);
    boolean isBehind = view.map(View::position).filter(isEnough).isEmpty();
    return isBehind && former.isPresent() ? view(former.get()) : view;
  }

  private static Optional<View> view(AckFloor floor) {
    return floor.position().map(position -> new View(floor.index(), position));
  }
}
