package meower.query.rebuild;

import java.util.Arrays;
import java.util.stream.LongStream;
import meower.query.index.StreamEvent;
import meower.schema.MeowDeleted;

/**
 * The sequences of the stream at which the index is to show no meow: those of edits and deletions,
 * and those where something was that a deletion has taken away.
 */
final class OtherSequences {

  private final LongStream.Builder added = LongStream.builder();
  private long[] sorted = {};

  /**
   * Adds what an edit or a deletion says.
   *
   * @param isIndexed whether the index knows of it; a deletion that it does not know of has taken
   *     nothing away
   */
  void add(StreamEvent event, boolean isIndexed) {
    boolean isDeletion = event.event() instanceof MeowDeleted;
    // An edit that is the first event of its meow is where the meow is shown.
    if (isDeletion || !event.earlier().isEmpty()) {
      added.add(event.sequence());
    }
    if (isDeletion && isIndexed) {
      event.earlier().sequences().forEach(added::add);
    }
  }

  /** Adds the sequence of a message that is no event. */
  void add(long sequence) {
    added.add(sequence);
  }

  /** Ends the adding. */
  void close() {
    sorted = added.build().sorted().distinct().toArray();
  }

  /** Returns at how many of the sequences from one to another a meow is to be shown. */
  long shown(long first, long last) {
    return last - first + 1 - (below(last + 1) - below(first));
  }

  private int below(long sequence) {
    int found = Arrays.binarySearch(sorted, sequence);
    return found < 0 ? -found - 1 : found;
  }
}
