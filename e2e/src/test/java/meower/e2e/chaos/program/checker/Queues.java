package meower.e2e.chaos.program.checker;

import java.util.List;
import java.util.Set;
import meower.e2e.chaos.history.Outages;
import meower.e2e.chaos.history.Violation;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.history.Violations;
import meower.e2e.chaos.program.history.Delivery;
import meower.e2e.chaos.program.history.Publication;
import meower.e2e.chaos.program.history.QueueEnd;
import meower.e2e.chaos.program.history.QueueHistory;
import meower.e2e.chaos.program.history.Settlement;
import meower.e2e.chaos.program.history.Settlement.Deed;
import meower.e2e.chaos.program.history.Settlement.Outcome;

/** A history of one queue, written by hand: times are seconds, and each call takes a tenth. */
final class Queues {

  static final double LEASE = 3;

  private static final double CALL = 0.1;

  private final QueueHistory history = new QueueHistory("work");

  static long at(double second) {
    return Math.round(second * 1e9);
  }

  QueueHistory history() {
    return history;
  }

  /** Bodies are their ids with a "b" before them. */
  Queues published(double second, String... ids) {
    var publication =
        new Publication(List.of(ids).stream().map(id -> "b" + id).toList(), "k" + ids[0]);
    publication.sending(at(second));
    publication.published(List.of(ids), at(second + CALL));
    history.publishing(publication);
    return this;
  }

  Queues fetched(double second, String id, int number) {
    return fetched(second, id, number, "b" + id);
  }

  Queues fetched(double second, String id, int number, String body) {
    history.delivered(
        new Delivery(
            id, body, number, id + "/" + number, at(second), at(second + CALL), at(LEASE)));
    return this;
  }

  Queues settled(double second, String id, int number, Deed deed, Outcome outcome) {
    long lease = deed == Deed.EXTEND ? at(LEASE) : 0;
    history.settled(
        new Settlement(id + "/" + number, deed, at(second), at(second + CALL), outcome, lease));
    return this;
  }

  Queues acknowledged(double second, String id, int number) {
    return settled(second, id, number, Deed.ACKNOWLEDGE, Outcome.DONE);
  }

  List<Kind> judge() {
    return judge(Set.of(), 0, Outages.NONE);
  }

  List<Kind> judge(Set<String> dead, long left, Outages outages) {
    var violations = new Violations();
    QueueJudge.judge(history, new QueueEnd(dead, left), outages, violations);
    return kinds(violations);
  }

  static List<Kind> kinds(Violations violations) {
    return violations.all().stream().map(Violation::kind).toList();
  }

  /** Something is broken all the time. */
  static final Outages ALWAYS =
      new Outages() {
        @Override
        public boolean isBroken(long from, long to) {
          return true;
        }

        @Override
        public boolean isUnsettled(long from, long to) {
          return true;
        }
      };
}
