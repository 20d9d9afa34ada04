package meower.bench.http;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;

/**
 * What a load of requests brought.
 *
 * @param statuses how many answers of each status
 * @param bytes of all bodies
 * @param operations how many were completed: each answer, or what conversations say
 * @param time for how long requests were sent
 * @param micros how long the operations took, in microseconds
 */
public record HttpResult(
    Map<Integer, Long> statuses, long bytes, long operations, Duration time, Histogram micros) {

  /** The status of a server that asks to be asked again. */
  public static final int UNAVAILABLE = 503;

  public HttpResult {
    statuses = Map.copyOf(statuses);
  }

  /** Returns how many answers there were. */
  public long answers() {
    return statuses.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns the operations for each second. */
  public double operationsPerSecond() {
    return operations * 1e9 / time.toNanos();
  }

  /** Returns how often the server asked to be asked again. */
  public double unavailable() {
    return statuses.getOrDefault(UNAVAILABLE, 0L);
  }

  /** Returns the answers for each second. */
  public double perSecond() {
    return answers() * 1e9 / time.toNanos();
  }

  /**
   * Returns this result.
   *
   * @throws IllegalStateException unless all answers have the status
   */
  public HttpResult requireOnly(int status) {
    if (!statuses.keySet().equals(Set.of(status))) {
      throw new IllegalStateException("only " + status + " expected, got " + statuses);
    }
    return this;
  }
}
