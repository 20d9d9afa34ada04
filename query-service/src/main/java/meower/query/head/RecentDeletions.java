package meower.query.head;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import meower.schema.MeowId;

/**
 * Which meows were deleted lately: what is said of them afterwards, by a message that was published
 * again, counts no more.
 */
final class RecentDeletions {

  private final Map<MeowId, Long> sequences = new LinkedHashMap<>();
  private final long span;

  /**
   * @param span for how many sequences a deletion is remembered
   */
  RecentDeletions(long span) {
    this.span = span;
  }

  /**
   * Remembers a deletion.
   *
   * @param sequence higher than in the calls before
   */
  void add(long sequence, MeowId id) {
    Iterator<Long> oldestFirst = sequences.values().iterator();
    while (oldestFirst.hasNext() && oldestFirst.next() < sequence - span) {
      oldestFirst.remove();
    }
    // Taken out first, or it would keep its old place in the order.
    sequences.remove(id);
    sequences.put(id, sequence);
  }

  boolean has(MeowId id) {
    return sequences.containsKey(id);
  }
}
