package meower.e2e.chaos.checker;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The timeline as it stands when the run is over, oldest first: what everything that was shown
 * before is compared to. A place is an index in it.
 */
final class FinalOrder {

  static final int NOWHERE = -1;

  private final int[] numbers;
  private final int[] places;
  private final Map<String, NavigableMap<Long, Integer>> epochs = new HashMap<>();

  /**
   * @param numbers of the posts, oldest first, each once
   * @param posts how many there are
   */
  FinalOrder(int[] numbers, int posts, Sequences sequences) {
    this.numbers = numbers.clone();
    this.places = new int[posts];
    Arrays.fill(places, NOWHERE);
    for (int place = 0; place < numbers.length; place++) {
      places[numbers[place]] = place;
    }
    sequences.epochs().forEach((epoch, known) -> epochs.put(epoch, placesOf(known)));
  }

  private NavigableMap<Long, Integer> placesOf(Map<Long, Integer> known) {
    var bySequence = new TreeMap<Long, Integer>();
    known.forEach((sequence, number) -> {
      if (places[number] != NOWHERE) {
        bySequence.put(sequence, places[number]);
      }
    });
    // Every epoch has all meows from the beginning.
    bySequence.put(0L, NOWHERE);
    return bySequence;
  }

  int size() {
    return numbers.length;
  }

  int numberAt(int place) {
    return numbers[place];
  }

  int placeOf(int number) {
    return places[number];
  }

  /**
   * The place of the last meow up to a position, {@link #NOWHERE} before the first one; empty when
   * nobody was told enough to know it.
   */
  OptionalInt placeAt(FeedPosition position) {
    var known = epochs.get(position.epoch());
    if (known == null) {
      return position.sequence() == 0 ? OptionalInt.of(NOWHERE) : OptionalInt.empty();
    }
    var below = known.floorEntry(position.sequence());
    var above = known.ceilingEntry(position.sequence());
    if (below == null || above == null) {
      return OptionalInt.empty();
    }
    long further = position.sequence() - below.getKey();
    boolean dense = above.getKey() - below.getKey() == (long) above.getValue() - below.getValue();
    return dense || further == 0
        ? OptionalInt.of(below.getValue() + (int) further)
        : OptionalInt.empty();
  }
}
