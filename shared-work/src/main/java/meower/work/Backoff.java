package meower.work;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try.
 *
 * <p>The wait doubles with every failure up to a maximum; half of it is random, so that many that
 * failed together do not come back together.
 *
 * @param initial the wait after the first failure, more than zero
 * @param maximum the longest wait
 */
public record Backoff(Duration initial, Duration maximum) {

  private static final int MAX_DOUBLINGS = 20;

  /** What background work in Meower uses: 100 ms up to 5 s, well below the promised recovery. */
  public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

  /**
   * @throws IllegalArgumentException if the initial wait is not positive or above the maximum
   */
  public Backoff {
    if (initial.toMillis() < 1 || initial.compareTo(maximum) > 0) {
      throw new IllegalArgumentException("0 < initial <= maximum");
    }
  }

  /**
   * Returns the wait before the next try.
   *
   * @param failures how many tries in a row have failed, 1 or more
   */
  public Duration delay(int failures, RandomGenerator random) {
    int doublings = Math.clamp(failures - 1L, 0, MAX_DOUBLINGS);
    long ceiling = Math.min(initial.toMillis() << doublings, maximum.toMillis());
    return Duration.ofMillis(random.nextLong(ceiling / 2, ceiling + 1));
  }
}
