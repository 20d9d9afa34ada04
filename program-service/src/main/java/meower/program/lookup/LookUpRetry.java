package meower.program.lookup;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** When a look-up that failed is tried again, and when not any more. */
final class LookUpRetry {

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int MOST_TRIES = 10;
  private static final int DOUBLINGS = 5;
  private static final Duration OLDEST = Duration.ofMinutes(10);

  private LookUpRetry() {}

  /**
   * Tells whether this was the last try.
   *
   * @param tries how many there have been
   * @param since when the sighting came
   */
  static boolean isOver(long tries, Instant since, Instant now) {
    return tries >= MOST_TRIES || !now.isBefore(since.plus(OLDEST));
  }

  /** Returns how long to wait: 1, 2, 4 … 30 s, half of it more or less. */
  static Duration delay(long tries, RandomGenerator random) {
    int doublings = Math.clamp(tries - 1, 0, DOUBLINGS);
    long usual = Math.min(1000L << doublings, LONGEST.toMillis());
    return Duration.ofMillis(random.nextLong(usual / 2, usual + usual / 2 + 1));
  }
}
