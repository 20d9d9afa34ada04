package meower.operations.audit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Waits until nothing is in the way, as long as it gets better.
 *
 * @param atMost for how long an obstacle may stay as it is
 */
record StallTimeout(Duration atMost) {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

  /**
   * Waits.
   *
   * @param look says what is in the way, with numbers that change while it gets better
   * @return what was still in the way in the end
   */
  Optional<String> await(Callable<Optional<String>> look) throws Exception {
    Optional<String> obstacle = look.call();
    long since = System.nanoTime();
    while (obstacle.isPresent() && System.nanoTime() - since < atMost.toNanos()) {
      Thread.sleep(POLL_INTERVAL);
      Optional<String> now = look.call();
      if (!now.equals(obstacle)) {
        obstacle = now;
        since = System.nanoTime();
      }
    }
    return obstacle;
  }
}
