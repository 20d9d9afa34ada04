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
 * @param time for how long requests were sent
 * @param micros how long the answers took, in microseconds
 */
public record HttpResult(Map<Integer, Long> statuses, long bytes, Duration time, Histogram micros) {

  public HttpResult {
    statuses = Map.copyOf(statuses);
  }

  /** Returns how many answers there were. */
  public long answers() {
    return statuses.values().stream().mapToLong(Long::longValue).sum();
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
