package meower.program.push;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import meower.program.receiver.ReceiverState;

/**
 * When a message that was refused comes again.
 *
 * @param delays after the first refusal, the second one and so on
 */
record RetryPlan(List<Duration> delays) {

  RetryPlan {
    delays = List.copyOf(delays);
  }

  /**
   * Returns how long to wait, a fifth more or less than planned.
   *
   * @param delivery the one that was refused, 1 for the first
   */
  Duration delay(int delivery, RandomGenerator random) {
    return ReceiverState.spread(
        delays.get(Math.clamp(delivery - 1L, 0, delays.size() - 1)), random);
  }
}
