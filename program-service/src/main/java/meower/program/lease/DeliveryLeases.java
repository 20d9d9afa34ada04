package meower.program.lease;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import meower.program.queue.Queue;
import meower.web.ProblemException;
import org.springframework.stereotype.Component;

/**
 * Leases on messages that Meower itself brings to somebody. They are those of everybody: a message
 * whose lease ends because an instance died comes again.
 */
@Component
public class DeliveryLeases {

  private final Fetching fetching;
  private final Settling settling;

  DeliveryLeases(Fetching fetching, Settling settling) {
    this.fetching = fetching;
    this.settling = settling;
  }

  /**
   * Takes messages that are ready, and waits for one.
   *
   * @return at most so many; none if none comes within the time
   * @throws ProblemException 503 if Postgres does not answer
   */
  public List<LeasedMessage> take(Queue queue, int most, Duration timeout, Duration lease) {
    return fetching.fetch(new Fetch(queue, most, timeout, lease, Optional.empty()));
  }

  /**
   * It was taken in: nobody gets it again.
   *
   * @throws ProblemException 503 if Postgres does not say so; it comes again then
   */
  public void acknowledge(Queue queue, LeasedMessage message) {
    settle(queue, message, new Action.Acknowledge());
  }

  /**
   * It comes again after a delay.
   *
   * @throws ProblemException 503 if Postgres does not say so; it comes again sooner then
   */
  public void requeue(Queue queue, LeasedMessage message, Duration delay) {
    settle(queue, message, new Action.Requeue(delay));
  }

  /**
   * It was refused for the last time: to the dead letters.
   *
   * @throws ProblemException 503 if Postgres does not say so; upkeep buries it then
   */
  public void refuse(Queue queue, LeasedMessage message, String reason) {
    settle(queue, message, new Action.Refuse(reason));
  }

  /**
   * Nobody has seen it: it is where it was, and this delivery does not count. Where Postgres cannot
   * say so it comes again at the end of the lease, and counts.
   */
  public void giveBack(Queue queue, LeasedMessage message) {
    fetching.giveBack(queue, List.of(message));
  }

  private void settle(Queue queue, LeasedMessage message, Action action) {
    settling.settle(new Settlement(queue, List.of(message.lease()), action));
  }
}
