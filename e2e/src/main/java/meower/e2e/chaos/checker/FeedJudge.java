package meower.e2e.chaos.checker;

import java.util.BitSet;
import java.util.OptionalInt;
import meower.e2e.chaos.checker.FeedTrack.Stretch;
import meower.e2e.chaos.history.FeedPosition;
import meower.e2e.chaos.history.Ledger;
import meower.e2e.chaos.history.Texts;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.history.Violations;

/** Judges what one browser was sent: a piece of the final order, each meow of it once. */
final class FeedJudge {

  private final FinalOrder order;
  private final Ledger ledger;
  private final Violations violations;
  private final FeedTrack track;
  private final BitSet delivered = new BitSet();

  /** The numbers of those that came and were deleted. */
  private final BitSet deliveredDeleted = new BitSet();

  /** The place that has to come next; empty when it is not known. */
  private OptionalInt expected = OptionalInt.empty();

  private int last = FinalOrder.NOWHERE;

  private FeedJudge(FinalOrder order, Ledger ledger, Violations violations, FeedTrack track) {
    this.order = order;
    this.ledger = ledger;
    this.violations = violations;
    this.track = track;
  }

  /**
   * Judges all that a browser got.
   *
   * @param order of what it wants
   */
  static void judge(FeedTrack track, FinalOrder order, Ledger ledger, Violations violations) {
    for (var stretch : track.stretches()) {
      var judge = new FeedJudge(order, ledger, violations, track);
      judge.judge(stretch, stretch == track.stretches().getLast());
    }
  }

  private void judge(Stretch stretch, boolean toTheEnd) {
    expected = following(stretch.start());
    for (int i = 0; i < stretch.size(); i++) {
      var event = stretch.event(i);
      if (event.isEmpty()) {
        judgeGap(stretch.gap(i));
      } else if (event.get().isCreation()) {
        judgeMeow(event.get().number());
      }
    }
    if (toTheEnd && expected.isPresent() && expected.getAsInt() < order.size()) {
      missing(expected.getAsInt(), order.size());
    }
  }

  private OptionalInt following(FeedPosition position) {
    var place = order.placeAt(position);
    return place.isPresent() ? OptionalInt.of(place.getAsInt() + 1) : place;
  }

  private void judgeGap(Stretch.Gap gap) {
    var from = following(gap.from());
    if (from.isPresent() && expected.isPresent() && from.getAsInt() > expected.getAsInt()) {
      missing(expected.getAsInt(), from.getAsInt());
    }
    expected = following(gap.to());
  }

  private void judgeMeow(int number) {
    if (track.isTopicOnly() && !Texts.hasTopic(ledger.get(number).body())) {
      add(Kind.WRONG_ANSWER, number, "which has not its topic");
      return;
    }
    int place = order.placeOf(number);
    if (place == FinalOrder.NOWHERE) {
      judgeWhatIsGone(number);
      return;
    }
    if (delivered.get(place)) {
      add(Kind.DOUBLED, number, "twice");
    } else if (place < last || (expected.isPresent() && place < expected.getAsInt())) {
      add(Kind.OUT_OF_ORDER, number, "after " + ledger.get(order.numberAt(last < 0 ? 0 : last)));
    } else if (expected.isPresent() && place > expected.getAsInt()) {
      missing(expected.getAsInt(), place);
    }
    delivered.set(place);
    last = Math.max(last, place);
    expected = OptionalInt.of(last + 1);
  }

  private void judgeWhatIsGone(int number) {
    if (!ledger.get(number).mayBeDeleted()) {
      add(Kind.LOST, number, "and it is not in the final timeline");
    } else if (deliveredDeleted.get(number)) {
      add(Kind.DOUBLED, number, "twice");
    }
    deliveredDeleted.set(number);
  }

  private void missing(int from, int to) {
    var first = ledger.get(order.numberAt(from));
    violations.add(
        Kind.LOST,
        first.sentAt(),
        "%s did not get %d meows, the first is %s".formatted(track.browser(), to - from, first));
  }

  private void add(Kind kind, int number, String what) {
    var post = ledger.get(number);
    violations.add(kind, post.sentAt(), track.browser() + " got " + post + " " + what);
  }
}
