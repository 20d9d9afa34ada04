package meower.pusher.page;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The sequences whose texts were taken back a short while ago. The stream may hold them still, or
 * have handed them to somebody who is about to make a page of them.
 *
 * <p>They are kept in two generations, of which the older one goes whenever the younger one is ten
 * minutes old, or full: a message is erased from the stream within a minute.
 */
public final class Erasures {

  /** For how long a sequence is kept at least, unless there are very many. */
  public static final Duration KEPT = Duration.ofMinutes(10);

  /** Two times that many are some 15 MB; with 500 deletions in a second they are kept 4 minutes. */
  static final int MOST = 128 * 1024;

  private final LongSupplier nanoTime;
  private Set<Long> younger = new HashSet<>();
  private Set<Long> older = Set.of();
  private long turned;

  public Erasures(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.turned = nanoTime.getAsLong();
  }

  void add(List<Long> sequences) {
    turn();
    younger.addAll(sequences);
  }

  boolean contains(long sequence) {
    return younger.contains(sequence) || older.contains(sequence);
  }

  private void turn() {
    long now = nanoTime.getAsLong();
    if (now - turned >= KEPT.toNanos() || younger.size() >= MOST) {
      older = younger;
      younger = new HashSet<>();
      turned = now;
    }
  }
}
