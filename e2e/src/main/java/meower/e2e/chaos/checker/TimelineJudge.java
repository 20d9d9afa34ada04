package meower.e2e.chaos.checker;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import meower.e2e.chaos.history.Ledger;
import meower.e2e.chaos.history.SeenMeow;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.history.Violations;

/**
 * Judges the timeline at the end: what was acknowledged is in it, once, in an order that can be.
 */
record TimelineJudge(Ledger ledger, Violations violations) {

  /**
   * Returns the numbers of the posts, oldest first, each once.
   *
   * @param timeline all of it, newest first
   */
  int[] judge(List<SeenMeow> timeline) {
    var numbers = new ArrayList<Integer>();
    var there = new BitSet();
    for (var meow : timeline.reversed()) {
      var number = ledger.seen(meow, "the final timeline");
      number.ifPresent(n -> {
        if (there.get(n)) {
          add(Kind.DOUBLED, n, "is in the timeline twice");
        } else {
          there.set(n);
          numbers.add(n);
        }
      });
    }
    judgeMissing(there);
    int[] order = numbers.stream().mapToInt(Integer::intValue).toArray();
    judgeTimes(order);
    return order;
  }

  private void judgeMissing(BitSet there) {
    for (var post : ledger.all()) {
      if (post.isAcknowledged() && !post.mayBeDeleted() && !there.get(post.number())) {
        add(Kind.LOST, post.number(), "was acknowledged and is not in the timeline");
      }
    }
  }

  /** A meow that was acknowledged before another one was sent never appears after it. */
  private void judgeTimes(int[] order) {
    var latest = OptionalInt.empty();
    for (int number : order) {
      long latestSent = latest.isPresent() ? ledger.get(latest.getAsInt()).sentAt() : 0;
      if (latest.isPresent() && ledger.get(number).acknowledgedAt() - latestSent < 0) {
        add(
            Kind.OUT_OF_ORDER,
            number,
            "was acknowledged before " + ledger.get(latest.getAsInt()) + " was sent, and is newer");
      }
      if (latest.isEmpty() || ledger.get(number).sentAt() - latestSent > 0) {
        latest = OptionalInt.of(number);
      }
    }
  }

  private void add(Kind kind, int number, String what) {
    var post = ledger.get(number);
    violations.add(kind, post.sentAt(), post + " " + what);
  }
}
