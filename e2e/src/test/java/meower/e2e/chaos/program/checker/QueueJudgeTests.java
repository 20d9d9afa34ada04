package meower.e2e.chaos.program.checker;

import static meower.e2e.chaos.program.checker.Queues.ALWAYS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import meower.e2e.chaos.history.Outages;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.history.Violations;
import meower.e2e.chaos.program.history.Settlement.Deed;
import meower.e2e.chaos.program.history.Settlement.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of lie is told once to the judge of queues, and the truths beside it. */
class QueueJudgeTests {

  private final Queues queue = new Queues().published(0, "1");

  @Test
  void findsNothingWrongWithWhatIsRight() {
    queue
        .published(0, "2", "3", "4", "5")
        .fetched(1, "1", 1)
        .acknowledged(2, "1", 1)
        .settled(2.2, "1", 1, Deed.ACKNOWLEDGE, Outcome.GONE)
        .fetched(1, "2", 1)
        .settled(2, "2", 1, Deed.REQUEUE, Outcome.DONE)
        .settled(2.2, "2", 1, Deed.REQUEUE, Outcome.LOST)
        .fetched(2.2, "2", 2)
        .settled(3, "2", 2, Deed.EXTEND, Outcome.DONE)
        .acknowledged(5.9, "2", 2)
        .fetched(1, "3", 1)
        .fetched(4, "3", 2)
        .settled(4.2, "3", 1, Deed.ACKNOWLEDGE, Outcome.LOST)
        .acknowledged(5, "3", 2)
        .fetched(1, "4", 1)
        .settled(2, "4", 1, Deed.REJECT, Outcome.DONE);
    assertThat(queue.judge(Set.of("4"), 1, Outages.NONE)).isEmpty();
  }

  @Test
  void noticesAMessageThatIsNeitherSettledNorThere() {
    assertThat(queue.judge()).containsExactly(Kind.MESSAGE_LOST);
    assertThat(queue.judge(Set.of("1"), 0, Outages.NONE)).isEmpty();
    assertThat(queue.judge(Set.of(), 1, Outages.NONE)).isEmpty();
  }

  @Test
  void noticesAMessageThatCameOnceAndNeverAgain() {
    queue.fetched(1, "1", 1);
    assertThat(queue.judge()).containsExactly(Kind.MESSAGE_LOST);
  }

  @Test
  void takesAnAcknowledgementWithoutAnAnswerForOneThatMayBeDone() {
    queue.fetched(1, "1", 1).settled(2, "1", 1, Deed.ACKNOWLEDGE, Outcome.UNKNOWN);
    assertThat(queue.judge()).isEmpty();
  }

  @Test
  void noticesARejectedMessageThatIsNoDeadLetter() {
    queue.fetched(1, "1", 1).settled(2, "1", 1, Deed.REJECT, Outcome.DONE);
    assertThat(queue.judge()).containsExactly(Kind.MESSAGE_LOST);
  }

  @Test
  void noticesAMessageThatIsSaidToBeGoneAndThatNobodySettled() {
    queue.fetched(1, "1", 1).settled(4.5, "1", 1, Deed.ACKNOWLEDGE, Outcome.GONE);
    assertThat(queue.judge()).containsExactly(Kind.MESSAGE_LOST);
    // The proxy may have asked twice, and the first one has done it.
    assertThat(queue.judge(Set.of(), 0, ALWAYS)).isEmpty();
  }

  @Test
  void noticesTwoAcknowledgementsOfOneMessage() {
    queue.fetched(1, "1", 1).fetched(4.2, "1", 2).acknowledged(4.4, "1", 2);
    queue.acknowledged(3.9, "1", 1);
    assertThat(queue.judge()).contains(Kind.MESSAGE_DOUBLED);
  }

  @Test
  void noticesAMessageThatComesAgainAfterItsAcknowledgement() {
    queue.fetched(1, "1", 1).acknowledged(2, "1", 1).fetched(3, "1", 2);
    assertThat(queue.judge()).containsExactly(Kind.MESSAGE_DOUBLED);
  }

  @Test
  void noticesALaterDeliveryThanTheOneThatWasAcknowledged() {
    queue.fetched(1, "1", 1).acknowledged(3, "1", 1).fetched(2.95, "1", 2);
    assertThat(queue.judge()).contains(Kind.MESSAGE_DOUBLED);
  }

  @Test
  void noticesARepeatedPublicationThatBecameTwoMessages() {
    queue.history().publications().getFirst().published(List.of("9"), Queues.at(1));
    assertThat(queue.judge(Set.of("1"), 0, Outages.NONE)).containsExactly(Kind.MESSAGE_DOUBLED);
  }

  @Test
  void noticesATextThatIsTwoMessages() {
    queue.fetched(1, "1", 1).acknowledged(2, "1", 1);
    queue.fetched(1, "9", 1, "b1").acknowledged(2, "9", 1);
    assertThat(queue.judge()).containsExactly(Kind.MESSAGE_DOUBLED);
  }

  @Test
  void noticesWhatNobodyPublished() {
    queue.fetched(1, "1", 1).acknowledged(2, "1", 1);
    queue.fetched(1, "9", 1).acknowledged(2, "9", 1);
    assertThat(queue.judge()).containsExactly(Kind.INVENTED);
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, true", // half of the lease is left
    "3.7, true",
    "3.95, false", // it may have been taken as early as it was asked for
    "4.5, false",
  })
  void noticesAMessageThatComesWhileALeaseHolds(double second, boolean shared) {
    queue.fetched(1, "1", 1).fetched(second, "1", 2).acknowledged(second + 0.2, "1", 2);
    assertThat(queue.judge().contains(Kind.LEASE_SHARED)).isEqualTo(shared);
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"DONE", "UNKNOWN"})
  void aMessageMayComeOnceItWasOrMayHaveBeenPutBack(Outcome outcome) {
    queue
        .fetched(1, "1", 1)
        .settled(1.2, "1", 1, Deed.REQUEUE, outcome)
        .fetched(1.4, "1", 2)
        .acknowledged(2, "1", 2);
    assertThat(queue.judge()).isEmpty();
  }

  @Test
  void aMessageMayComeWhenTheRepetitionOfTheProxyIsToldThatItWasPutBackAlready() {
    queue
        .fetched(1, "1", 1)
        .settled(1.2, "1", 1, Deed.REQUEUE, Outcome.LOST)
        .fetched(1.4, "1", 2)
        .acknowledged(2, "1", 2);
    assertThat(queue.judge(Set.of(), 0, ALWAYS)).isEmpty();
    assertThat(queue.judge()).containsExactly(Kind.LEASE_SHARED, Kind.UNTRUE_SETTLEMENT);
  }

  @Test
  void noticesAMessageThatComesWhileALeaseHoldsThatOnlyAnAcknowledgementCalledLost() {
    queue
        .fetched(1, "1", 1)
        .settled(1.2, "1", 1, Deed.ACKNOWLEDGE, Outcome.LOST)
        .fetched(1.4, "1", 2)
        .acknowledged(2, "1", 2);
    assertThat(queue.judge(Set.of(), 0, ALWAYS))
        .containsExactly(Kind.LEASE_SHARED, Kind.UNTRUE_SETTLEMENT);
  }

  @Test
  void noticesAMessageThatComesWhileAnExtendedLeaseHolds() {
    queue.fetched(1, "1", 1).settled(3, "1", 1, Deed.EXTEND, Outcome.DONE);
    queue.fetched(5, "1", 2).acknowledged(5.2, "1", 2);
    assertThat(queue.judge()).containsExactly(Kind.LEASE_SHARED);
  }

  @Test
  void nothingIsSharedWhereTheSameLeaseIsAnsweredTwice() {
    queue.fetched(1, "1", 1).fetched(1.5, "1", 1).acknowledged(2, "1", 1);
    assertThat(queue.judge()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"3.9, false", "4.1, false", "4.2, true"})
  void noticesWhatIsCarriedOutAfterTheEndOfTheLease(double second, boolean untrue) {
    queue.fetched(1, "1", 1).acknowledged(second, "1", 1);
    assertThat(queue.judge()).isEqualTo(untrue ? List.of(Kind.UNTRUE_SETTLEMENT) : List.of());
  }

  @Test
  void noticesASecondAcknowledgementWithTheSameLease() {
    queue.fetched(1, "1", 1).acknowledged(2, "1", 1).acknowledged(2.2, "1", 1);
    assertThat(queue.judge()).containsExactly(Kind.UNTRUE_SETTLEMENT);
  }

  @Test
  void noticesALeaseThatIsCalledLostWhileItHolds() {
    queue.fetched(1, "1", 1).settled(2, "1", 1, Deed.ACKNOWLEDGE, Outcome.LOST);
    queue.fetched(4.2, "1", 2).acknowledged(5, "1", 2);
    assertThat(queue.judge()).containsExactly(Kind.UNTRUE_SETTLEMENT);
    assertThat(queue.judge(Set.of(), 0, ALWAYS)).containsExactly(Kind.UNTRUE_SETTLEMENT);
  }

  @Test
  void noticesAMessageThatIsCalledGoneAndComesAgain() {
    queue.fetched(1, "1", 1).settled(4.2, "1", 1, Deed.ACKNOWLEDGE, Outcome.GONE);
    queue.fetched(5, "1", 2).acknowledged(5.2, "1", 2);
    assertThat(queue.judge(Set.of(), 0, ALWAYS)).containsExactly(Kind.UNTRUE_SETTLEMENT);
  }

  @Test
  void noticesAMessageThatIsCalledLostAndIsGone() {
    queue.fetched(1, "1", 1).fetched(4.2, "1", 2).acknowledged(5, "1", 2);
    queue.settled(6, "1", 1, Deed.ACKNOWLEDGE, Outcome.LOST);
    assertThat(queue.judge()).containsExactly(Kind.UNTRUE_SETTLEMENT);
  }

  @Test
  void aFirstAnswerMayBeThatOfARepetitionByTheProxy() {
    queue.fetched(1, "1", 1).settled(2, "1", 1, Deed.ACKNOWLEDGE, Outcome.GONE);
    assertThat(queue.judge(Set.of(), 0, ALWAYS)).isEmpty();
    assertThat(queue.judge()).contains(Kind.UNTRUE_SETTLEMENT);
  }

  @Test
  void whoPutsBackMayBeToldThatSomebodyElseHasAcknowledgedMeanwhile() {
    queue
        .fetched(1, "1", 1)
        .settled(1.2, "1", 1, Deed.REQUEUE, Outcome.GONE)
        .fetched(1.12, "1", 2)
        .acknowledged(1.25, "1", 2);
    assertThat(queue.judge(Set.of(), 0, ALWAYS)).isEmpty();
    assertThat(queue.judge()).containsExactly(Kind.LEASE_SHARED, Kind.UNTRUE_SETTLEMENT);
  }

  @Test
  void noticesAMessageThatIsSaidToBeGoneAndWasOnlyPutBack() {
    queue.fetched(1, "1", 1).settled(2, "1", 1, Deed.REQUEUE, Outcome.GONE);
    assertThat(queue.judge(Set.of(), 0, ALWAYS)).containsExactly(Kind.MESSAGE_LOST);
  }

  @Test
  void noticesAnotherOrderThanThatOfThePublications() {
    var violations = new Violations();
    queue.published(1, "2").published(2, "3");
    queue.fetched(3, "1", 1).fetched(3, "3", 1);
    OrderJudge.judge(queue.history(), violations);
    assertThat(violations.all()).isEmpty();

    queue.fetched(4, "2", 2); // it was with somebody before
    OrderJudge.judge(queue.history(), violations);
    assertThat(violations.all()).isEmpty();

    queue.fetched(4, "2", 1);
    OrderJudge.judge(queue.history(), violations);
    assertThat(Queues.kinds(violations)).containsExactly(Kind.QUEUE_OUT_OF_ORDER);
  }
}
