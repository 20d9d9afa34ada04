package meower.e2e.chaos.checker;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import meower.e2e.chaos.history.FeedPosition;
import meower.e2e.chaos.history.Sequences;
import meower.e2e.chaos.history.Sequences.Event;

/**
 * The timeline as it stands when the run is over, oldest first: what everything that was shown
 * before is compared to. A place is an index in it. What was deleted has none.
 */
final class FinalOrder {

  static final int NOWHERE = -1;

  private final int[] numbers;
  private final int[] places;
  private final Sequences sequences;
  private final Map<String, Epoch> epochs = new HashMap<>();

  /** Where the posts stood that have no place any more. */
  private final Map<Integer, FeedPosition> gone = new HashMap<>();

  /**
   * What is known of one life of the stream.
   *
   * @param places by sequence, of the posts that have one
   * @param known every sequence of which somebody was told what it is, sorted
   */
  private record Epoch(NavigableMap<Long, Integer> places, SortedLongs known) {

    /** How many sequences between two of them may be anything. */
    long unknown(long after, long before) {
      return before - after - 1 - known.between(after, before);
    }
  }

  /**
   * @param numbers of the posts, oldest first, each once
   * @param posts how many there are
   */
  FinalOrder(int[] numbers, int posts, Sequences sequences) {
    this.numbers = numbers.clone();
    this.places = new int[posts];
    this.sequences = sequences;
    Arrays.fill(places, NOWHERE);
    for (int place = 0; place < numbers.length; place++) {
      places[numbers[place]] = place;
    }
    sequences.epochs().forEach((epoch, known) -> epochs.put(epoch, epochOf(epoch, known)));
  }

  /** The same with some of the posts only. */
  FinalOrder only(IntPredicate wanted) {
    return new FinalOrder(
        Arrays.stream(numbers).filter(wanted).toArray(), places.length, sequences);
  }

  private Epoch epochOf(String name, Map<Long, Event> known) {
    var bySequence = new TreeMap<Long, Integer>();
    known.forEach((sequence, event) -> {
      if (event.isCreation()) {
        int place = places[event.number()];
        if (place == NOWHERE) {
          gone.put(event.number(), new FeedPosition(name, sequence));
        } else {
          bySequence.put(sequence, place);
        }
      }
    });
    // Every epoch has all meows from the beginning.
    bySequence.put(0L, NOWHERE);
    return new Epoch(bySequence, new SortedLongs(known.keySet()));
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

  /** The place of the last meow that is older than another one, which may have none itself. */
  OptionalInt placeBelow(int number) {
    if (places[number] != NOWHERE) {
      return OptionalInt.of(places[number] - 1);
    }
    var position = gone.get(number);
    return position == null ? OptionalInt.empty() : placeAt(position);
  }

  /** The place of the first meow that is newer than another one, which may have none itself. */
  OptionalInt placeAbove(int number) {
    var below = placeBelow(number);
    return below.isEmpty()
        ? below
        : OptionalInt.of(below.getAsInt() + (places[number] == NOWHERE ? 1 : 2));
  }

  /**
   * The place of the last meow up to a position, {@link #NOWHERE} before the first one; empty when
   * nobody was told enough to know it.
   */
  OptionalInt placeAt(FeedPosition position) {
    var epoch = epochs.get(position.epoch());
    if (epoch == null) {
      return position.sequence() == 0 ? OptionalInt.of(NOWHERE) : OptionalInt.empty();
    }
    var below = epoch.places().floorEntry(position.sequence());
    if (below == null) {
      return OptionalInt.empty();
    }
    if (below.getKey() == position.sequence()) {
      return OptionalInt.of(below.getValue());
    }
    return between(epoch, below, position.sequence());
  }

  /** The lowest and the highest place that it can be are mostly one. */
  private OptionalInt between(Epoch epoch, Map.Entry<Long, Integer> below, long sequence) {
    var above = epoch.places().higherEntry(sequence);
    long highest = below.getValue() + epoch.unknown(below.getKey(), sequence + 1);
    long lowest = below.getValue();
    if (above != null) {
      highest = Math.min(highest, above.getValue() - 1);
      lowest = Math.max(lowest, above.getValue() - 1 - epoch.unknown(sequence, above.getKey()));
    }
    highest = Math.min(highest, numbers.length - 1);
    return lowest == highest ? OptionalInt.of((int) lowest) : OptionalInt.empty();
  }
}
