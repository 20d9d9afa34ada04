package meower.e2e.chaos;

import java.time.Duration;
import meower.e2e.chaos.checker.Checker;

/**
 * How long something may take that is promised.
 *
 * @param reach within which an edit or a deletion has to have reached every answer, while nothing
 *     is broken
 * @param recovery within which everything has to work again after the end of a fault
 */
record Bounds(Duration reach, Duration recovery) {
  /** On a machine of one's own. */
  static final Bounds PROMISED = new Bounds(Checker.REACH, Duration.ofSeconds(15));
}
