package meower.pusher.online;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How many connections each of the other instances has, as it said last. What has not been said for
 * a while is forgotten: of an instance that died nobody hears that it has none any more.
 */
final class Counts {

  private final long forgottenAfter;
  private final LongSupplier nanoTime;
  private final Map<String, Count> counts = new ConcurrentHashMap<>();

  private record Count(int connections, long saidAt) {}

  /**
   * @param nanoTime a clock like {@link System#nanoTime()}
   */
  Counts(Duration forgottenAfter, LongSupplier nanoTime) {
    this.forgottenAfter = forgottenAfter.toNanos();
    this.nanoTime = nanoTime;
  }

  /**
   * An instance says how many it has.
   *
   * @return whether nothing was known of it
   */
  boolean said(String instance, int connections) {
    return counts.put(instance, new Count(connections, nanoTime.getAsLong())) == null;
  }

  /** Returns how many the others have together. */
  int sum() {
    long now = nanoTime.getAsLong();
    counts.values().removeIf(count -> now - count.saidAt() >= forgottenAfter);
    return counts.values().stream().mapToInt(Count::connections).sum();
  }
}
