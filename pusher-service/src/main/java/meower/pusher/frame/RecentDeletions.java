package meower.pusher.frame;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import meower.schema.MeowId;
import meower.stream.RecentEvents;

/**
 * The meows whose deletion went by within the last {@link RecentEvents#SPAN} sequences. Like those
 * events they depend on the stream alone.
 */
final class RecentDeletions {

  private final Map<MeowId, Long> sequences = new LinkedHashMap<>();

  /** Remembers a deletion; the sequence is higher than in the calls before. */
  void add(long sequence, MeowId meow) {
    forgetBefore(sequence);
    // Taken out first, or it would keep its old place in the order.
    sequences.remove(meow);
    sequences.put(meow, sequence);
  }

  /** Tells whether the meow was deleted shortly before a sequence. */
  boolean has(long sequence, MeowId meow) {
    forgetBefore(sequence);
    return sequences.containsKey(meow);
  }

  private void forgetBefore(long sequence) {
    Iterator<Long> oldestFirst = sequences.values().iterator();
    while (oldestFirst.hasNext() && oldestFirst.next() < sequence - RecentEvents.SPAN) {
      oldestFirst.remove();
    }
  }
}
