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

  /**
   * What is known of it.
   *
   * @param settlements that have been carried out, or may have been
   */
  static LeaseSpan of(Delivery delivery, List<Settlement> settlements) {
    var span =
        new LeaseSpan(
            delivery,
            delivery.gotAt(),
            delivery.askedAt() + delivery.nanos() - SLACK,
            delivery.gotAt() + delivery.nanos() + SLACK);
    var inOrder =
        settlements.stream().sorted(Comparator.comparingLong(Settlement::sentAt)).toList();
    for (var settlement : inOrder) {
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
