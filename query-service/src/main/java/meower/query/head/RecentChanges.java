package meower.query.head;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The latest events of one epoch of the stream, for who knows something of its meows and wants to
 * know whether it is still so.
 *
 * <p>One thread writes; any number of threads read without locks.
 */
final class RecentChanges {

  private final long start;
  private final AtomicReferenceArray<@Nullable MeowChange> ring;
  private volatile long next;

  /**
   * @param start what comes has higher sequences
   * @param size how many events are remembered
   */
  RecentChanges(long start, int size) {
    this.start = start;
    this.ring = new AtomicReferenceArray<>(size);
  }

  /** Takes the next event. Called by one thread only. */
  void add(MeowChange change) {
    long offset = next;
    if (ring.length() > 0) {
      ring.set(slot(offset), change);
    }
    next = offset + 1;
  }

  /**
   * Tells whether no event after a sequence concerns something, of those that came before this is
   * asked.
   *
   * @return false as well when not all of them are remembered
   */
  boolean isUntouched(long since, Predicate<MeowChange> concerns) {
    MeowChange oldest = ring.length() == 0 ? null : ring.get(slot(next));
    if (oldest != null && oldest.sequence() > since) {
      return false; // in vain: some are forgotten
    }
    long former = Long.MAX_VALUE;
    for (long offset = next - 1; offset >= 0; offset--) {
      MeowChange change = ring.length() == 0 ? null : ring.get(slot(offset));
      if (change == null || change.sequence() >= former) {
        return false; // overwritten, perhaps just now
      }
      if (change.sequence() <= since) {
        return true;
      }
      if (concerns.test(change)) {
        return false;
      }
      former = change.sequence();
    }
    return since >= start;
  }

  private int slot(long offset) {
    return (int) (offset % ring.length());
  }
}
