package meower.stream;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import meower.schema.EventKey;

/**
 * The events that went by last. The stream refuses an event that comes twice within minutes; this
 * catches one that was published again later, after a crash, before the browsers see it twice.
 *
 * <p>What is a repeat depends on the stream alone: every instance finds the same ones, live or when
 * it reads the past, provided that it begins to read {@link #SPAN} sequences earlier.
 */
public final class RecentEvents {

  /** How far back a repeat is found, in sequences. */
  public static final int SPAN = 1024;

  private final Map<EventKey, Long> sequences = new LinkedHashMap<>();

  /**
   * Remembers the event and returns whether it is new among the last {@link #SPAN} sequences.
   *
   * @param sequence higher than in the calls before
   */
  public boolean add(long sequence, EventKey event) {
    forgetBefore(sequence - SPAN);
    // Taken out first, or it would keep its old place in the order.
    boolean isNew = sequences.remove(event) == null;
    sequences.put(event, sequence);
    return isNew;
  }

  private void forgetBefore(long sequence) {
    Iterator<Long> oldestFirst = sequences.values().iterator();
    while (oldestFirst.hasNext() && oldestFirst.next() < sequence) {
      oldestFirst.remove();
    }
  }
}
