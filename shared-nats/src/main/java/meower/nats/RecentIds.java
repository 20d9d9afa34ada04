package meower.nats;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import meower.schema.MeowId;

/**
 * The meows that went by last. The stream refuses a meow that comes twice within minutes; this
 * catches one that was published again later, after a crash, before the browsers see it twice.
 *
 * <p>What is a repeat depends on the stream alone: every instance finds the same ones, live or when
 * it reads the past, provided that it begins to read {@link #SPAN} sequences earlier.
 */
public final class RecentIds {

  /** How far back a repeat is found, in sequences; the relay has at most 256 under way. */
  public static final int SPAN = 1024;

  private final Map<MeowId, Long> sequences = new LinkedHashMap<>();

  /**
   * Remembers the id and returns whether it is new among the last {@link #SPAN} sequences.
   *
   * @param sequence higher than in the calls before
   */
  public boolean add(long sequence, MeowId id) {
    forgetBefore(sequence - SPAN);
    // Taken out first, or it would keep its old place in the order.
    boolean isNew = sequences.remove(id) == null;
    sequences.put(id, sequence);
    return isNew;
  }

  private void forgetBefore(long sequence) {
    Iterator<Long> oldestFirst = sequences.values().iterator();
    while (oldestFirst.hasNext() && oldestFirst.next() < sequence) {
      oldestFirst.remove();
    }
  }
}
