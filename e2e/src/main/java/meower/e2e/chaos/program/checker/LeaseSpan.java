package meower.e2e.chaos.program.checker;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import meower.e2e.chaos.program.history.Delivery;
import meower.e2e.chaos.program.history.Publication;
import meower.e2e.chaos.program.history.Settlement;
import meower.e2e.chaos.program.history.Settlement.Deed;
import meower.e2e.chaos.program.history.Settlement.Outcome;

/**
 * What is certain of one lease by the clock of who has it, whatever the moment between request and
 * answer at which the database decided.
 *
 * @param from when it held at the latest
 * @param until to when it held at least; before {@code from} when nothing is certain
 * @param over when it was over at the latest; {@link Publication#NEVER} when nothing is certain
 */
record LeaseSpan(Delivery delivery, long from, long until, long over) {

  /** Two clocks of one machine do not go equally fast, and one counts milliseconds. */
  static final long SLACK = Duration.ofMillis(20).toNanos();

  /** All of it. */
  static LeaseSpan of(Delivery delivery, List<Settlement> settlements) {
    return before(Publication.NEVER, delivery, settlements);
  }

  /** What is known of it without what was sent at a moment or later. */
  static LeaseSpan before(long moment, Delivery delivery, List<Settlement> settlements) {
    var span =
        new LeaseSpan(
            delivery,
            delivery.gotAt(),
            delivery.askedAt() + delivery.nanos() - SLACK,
            delivery.gotAt() + delivery.nanos() + SLACK);
    var earlier =
        settlements.stream()
            .filter(settlement -> settlement.sentAt() < moment && settlement.mayBeDone())
            .sorted(Comparator.comparingLong(Settlement::sentAt))
            .toList();
    for (var settlement : earlier) {
      span = span.after(settlement);
    }
    return span;
  }

  private LeaseSpan after(Settlement settlement) {
    boolean done = settlement.outcome() == Outcome.DONE;
    if (settlement.deed() != Deed.EXTEND) {
      return new LeaseSpan(
          delivery,
          from,
          Math.min(until, settlement.sentAt()),
          done ? Math.min(over, settlement.answeredAt()) : over);
    }
    long least = settlement.sentAt() + settlement.nanos() - SLACK;
    return done
        ? new LeaseSpan(delivery, from, least, settlement.answeredAt() + settlement.nanos() + SLACK)
        // An instance that was frozen may carry it out at any time.
        : new LeaseSpan(delivery, from, Math.min(until, least), Publication.NEVER);
  }

  /** Whether both certainly held at one moment. */
  boolean overlaps(LeaseSpan other) {
    return Math.max(from, other.from) < Math.min(until, other.until);
  }
}
