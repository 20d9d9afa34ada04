package meower.e2e.chaos.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import meower.e2e.chaos.history.FeedPosition;
import meower.e2e.chaos.history.Ledger;
import meower.e2e.chaos.history.MeowNow;
import meower.e2e.chaos.history.Outages;
import meower.e2e.chaos.history.Reads;
import meower.e2e.chaos.history.SeenMeow;
import meower.e2e.chaos.history.Text;
import meower.e2e.chaos.history.Violation;
import meower.e2e.chaos.history.Violation.Kind;
import org.junit.jupiter.api.Test;

/** Right and wrong histories of meows that are edited and deleted; the wrong ones are found. */
class LifeTests {

  private static final long LATER = Duration.ofSeconds(2).toNanos();

  private final Checker checker = new Checker("t");
  private final Ledger ledger = checker.ledger();
  private final FeedTrack browser = checker.track("browser 1");

  @Test
  void findsNothingWrongWithLivesThatAreRight() {
    post(4);
    browser.hello(position(0), false);
    create(1, 1);
    create(2, 2);
    create(3, 3);
    create(4, 4);
    var second = edit(2, 2);
    browser.edited(second, position(5));
    delete(3);
    browser.deleted("id3", position(6));
    page(Reads.Cursor.NEWEST, 0, position(6), meow(4), second, meow(1));
    page(Reads.Cursor.NEWEST, 0, position(4), meow(4), second, meow(1));
    page(Reads.Cursor.BEFORE, 3, position(6), second, meow(1));
    page(Reads.Cursor.AFTER, 3, position(6), meow(4));
    page(Reads.Cursor.AFTER, 1, position(6), meow(4), second);
    checker
        .reads()
        .byIds(
            List.of(ledger.get(1), ledger.get(2)),
            List.of(now(second), new MeowNow("id3", Optional.empty())),
            later());
    assertRight(meow(4), second, meow(1));
  }

  @Test
  void noticesAReadThatShowsWhatWasDeletedASecondBefore() {
    post(2);
    delete(2);
    page(Reads.Cursor.NEWEST, 0, later(), position(1), meow(2), meow(1));
    assertFound(Kind.SHOWN_AFTER_DELETION, meow(1));
  }

  @Test
  void acceptsAReadThatBeganRightAfterADeletion() {
    post(2);
    delete(2);
    page(Reads.Cursor.NEWEST, 0, System.nanoTime(), position(2), meow(2), meow(1));
    assertRight(meow(1));
  }

  @Test
  void acceptsThatADeletionTakesLongerWhileSomethingIsBroken() {
    post(2);
    delete(2);
    page(Reads.Cursor.NEWEST, 0, later(), position(2), meow(2), meow(1));
    checker.judge(List.of(meow(1)), new Always());
    assertThat(kinds()).isEmpty();
  }

  @Test
  void noticesWhatASearchOrALookUpShowsAfterItsDeletion() {
    post(2);
    delete(2);
    checker.reads().search(ledger.get(1), List.of(meow(2)), position(9), later());
    checker.reads().byIds(List.of(ledger.get(1)), List.of(now(meow(2))), later());
    assertThat(judge(meow(1)))
        .containsExactly(Kind.SHOWN_AFTER_DELETION, Kind.SHOWN_AFTER_DELETION);
  }

  @Test
  void noticesAFrameOnAConnectionThatWasOpenedAfterTheDeletion() {
    post(2);
    delete(2);
    browser.opening(later());
    browser.hello(position(0), false);
    create(1, 1);
    create(2, 2);
    browser.deleted("id2", position(3));
    assertFound(Kind.SHOWN_AFTER_DELETION, meow(1));
  }

  @Test
  void acceptsAFrameThatWasOnItsWayWhenTheMeowWasDeleted() {
    post(2);
    browser.opening(System.nanoTime());
    browser.hello(position(0), false);
    create(1, 1);
    delete(2);
    create(2, 2);
    browser.deleted("id2", position(3));
    assertRight(meow(1));
  }

  @Test
  void noticesADeletedMeowInTheFinalTimeline() {
    post(2);
    delete(2);
    assertFound(Kind.SHOWN_AFTER_DELETION, meow(2), meow(1));
  }

  @Test
  void noticesABrowserThatWasNotToldOfADeletion() {
    post(2);
    browser.hello(position(0), false);
    create(1, 1);
    create(2, 2);
    delete(2);
    assertFound(Kind.NOT_TOLD, meow(1));
  }

  @Test
  void noticesABrowserThatResumedAcrossADeletionWithoutIt() {
    post(3);
    browser.hello(position(0), false);
    create(1, 1);
    create(2, 2);
    delete(1);
    tell(1, 3);
    browser.hello(position(2), true);
    create(3, 4);
    browser.forget();
    browser.hello(position(4), false);
    assertFound(Kind.NOT_TOLD, meow(3), meow(2));
  }

  @Test
  void acceptsThatABrowserWasNotToldOfADeletionAfterIt() {
    post(2);
    browser.hello(position(0), false);
    create(1, 1);
    create(2, 2);
    browser.forget();
    delete(2);
    tell(2, 3);
    browser.hello(position(3), false);
    assertRight(meow(1));
  }

  @Test
  void acceptsAGapThatCoversADeletion() {
    post(2);
    browser.hello(position(0), false);
    create(1, 1);
    create(2, 2);
    delete(2);
    tell(2, 3);
    browser.gap(position(2), position(3));
    assertRight(meow(1));
  }

  @Test
  void noticesAGapThatEndsBeforeTheDeletion() {
    post(3);
    browser.hello(position(0), false);
    create(1, 1);
    delete(1);
    tell(1, 4);
    browser.gap(position(1), position(2));
    create(3, 3);
    assertThat(judge(meow(3), meow(2))).contains(Kind.NOT_TOLD);
  }

  @Test
  void noticesWhoGotATextOfTheRefilledStreamAndNotItsDeletion() {
    post(1);
    delete(1);
    browser.opening(System.nanoTime());
    browser.hello(position(0), false);
    create(1, 1);
    assertFound(Kind.NOT_TOLD);
  }

  @Test
  void noticesACreationAfterTheDeletion() {
    post(1);
    browser.hello(position(0), false);
    delete(1);
    browser.deleted("id1", position(1));
    create(1, 2);
    assertFound(Kind.CAME_BACK);
  }

  @Test
  void noticesAnEditAfterTheDeletion() {
    post(1);
    browser.hello(position(0), false);
    create(1, 1);
    var second = edit(1, 2);
    delete(1);
    browser.deleted("id1", position(2));
    browser.edited(second, position(3));
    assertFound(Kind.CAME_BACK);
  }

  @Test
  void noticesARevisionThatFallsOnAConnection() {
    post(1);
    browser.hello(position(0), false);
    create(1, 1);
    var second = edit(1, 2);
    var third = edit(1, 3);
    browser.edited(third, position(2));
    browser.edited(second, position(3));
    assertFound(Kind.CAME_BACK, third);
  }

  @Test
  void noticesAnEarlierRevisionInAReadASecondAfterALaterOne() {
    post(1);
    var second = edit(1, 2);
    page(Reads.Cursor.NEWEST, 0, later(), position(2), meow(1));
    assertFound(Kind.CAME_BACK, second);
  }

  @Test
  void acceptsAnEarlierRevisionRightAfterALaterOne() {
    post(1);
    var second = edit(1, 2);
    page(Reads.Cursor.NEWEST, 0, System.nanoTime(), position(2), meow(1));
    assertRight(second);
  }

  @Test
  void noticesAnEditThatWasTakenAfterTheDeletion() {
    post(1);
    delete(1);
    edit(1, 3);
    assertFound(Kind.CAME_BACK);
  }

  @Test
  void noticesAnEditThatWasLost() {
    post(1);
    edit(1, 2);
    assertFound(Kind.WRONG_EDIT, meow(1));
  }

  @Test
  void acceptsAnEditWhoseAnswerWasLostWhetherItIsThereOrNot() {
    post(2);
    var first = unanswered(1, 2);
    unanswered(2, 2);
    assertRight(meow(2), first);
  }

  @Test
  void noticesTwoRevisionsOfOneEdit() {
    post(1);
    var text = ledger.edit(ledger.get(0));
    text.sending();
    ledger.editAcknowledged(text, meow(1, text, 2));
    edit(1, 3);
    assertFound(Kind.WRONG_EDIT, meow(1, text, 4));
  }

  @Test
  void acceptsTwoRevisionsOfAnEditThatWasRepeatedAfterAnotherOne() {
    post(1);
    var text = ledger.edit(ledger.get(0));
    text.sending();
    ledger.seen(meow(1, text, 2), "a page");
    edit(1, 3);
    text.sending();
    ledger.editAcknowledged(text, meow(1, text, 4));
    assertRight(meow(1, text, 4));
  }

  @Test
  void noticesARepeatedEditThatWasMadeTwiceInARow() {
    post(1);
    var text = ledger.edit(ledger.get(0));
    text.sending();
    ledger.seen(meow(1, text, 2), "a page");
    text.sending();
    ledger.editAcknowledged(text, meow(1, text, 3));
    assertFound(Kind.WRONG_EDIT, meow(1, text, 3));
  }

  @Test
  void noticesTwoEditsThatBecameOneRevision() {
    post(1);
    var second = edit(1, 2);
    edit(1, 2);
    assertFound(Kind.WRONG_EDIT, second);
  }

  @Test
  void noticesATextOfAKnownMeowThatNobodyWrote() {
    post(1);
    ledger.seen(new SeenMeow("id1", "merged", "t1", 2), "a page");
    assertFound(Kind.WRONG_EDIT, meow(1));
  }

  @Test
  void noticesAnEditThatWasRefusedAndIsShown() {
    post(1);
    var text = ledger.edit(ledger.get(0));
    text.sending();
    text.refused();
    assertFound(Kind.WRONG_EDIT, meow(1, text, 2));
  }

  @Test
  void acceptsARefusalOfWhatWasSentAgain() {
    post(1);
    var text = ledger.edit(ledger.get(0));
    text.sending();
    text.sending();
    text.refused();
    assertRight(meow(1, text, 2));
  }

  @Test
  void noticesAnEditThatABrowserDidNotGet() {
    post(2);
    browser.hello(position(0), false);
    create(1, 1);
    var second = edit(1, 2);
    tell(second, 2);
    create(2, 3);
    assertFound(Kind.WRONG_EDIT, meow(2), second);
  }

  @Test
  void acceptsALaterRevisionInsteadOfAnEarlierOne() {
    post(1);
    browser.hello(position(0), false);
    create(1, 1);
    var second = edit(1, 2);
    var third = edit(1, 3);
    tell(second, 2);
    browser.edited(third, position(3));
    assertRight(third);
  }

  @Test
  void noticesAnEditThatTheHistoryLacks() {
    post(1);
    var second = edit(1, 2);
    var third = edit(1, 3);
    ledger.history(ledger.get(0), List.of(meow(1), second, third));
    assertThat(kinds()).isEmpty();
    var fourth = unanswered(1, 4);
    var fifth = edit(1, 5);
    ledger.history(ledger.get(0), List.of(meow(1), second, third, fourth));
    assertFound(Kind.WRONG_EDIT, fifth);
  }

  @Test
  void noticesAStrangersText() {
    post(1);
    var text = ledger.foreignEdit(ledger.get(0));
    text.sending();
    assertFound(Kind.NOT_YOURS, meow(1, text, 2));
  }

  @Test
  void noticesADeletionThatNobodyAskedFor() {
    post(1);
    browser.hello(position(0), false);
    create(1, 1);
    browser.deleted("id1", position(2));
    assertFound(Kind.LOST);
  }

  @Test
  void excusesWhatIsLostOnlyByADeletion() {
    post(2);
    ledger.get(1).deleting();
    assertFound(Kind.LOST);
  }

  @Test
  void noticesAMeowThatNoLookUpKnows() {
    post(2);
    ledger.unknown(ledger.get(0), "a look-up", System.nanoTime());
    assertThat(kinds()).isEmpty();
    ledger.unknown(ledger.get(1), "a look-up", System.nanoTime() + 4 * LATER);
    assertFound(Kind.LOST, meow(2), meow(1));
  }

  @Test
  void noticesAHoleNextToADeletedMeow() {
    post(4);
    delete(2);
    page(Reads.Cursor.NEWEST, 0, position(9), meow(4), meow(1));
    assertFound(Kind.LOST, meow(4), meow(3), meow(1));
  }

  @Test
  void noticesAPageThatBeginsElsewhereThanBelowADeletedMeow() {
    post(4);
    browser.hello(position(0), false);
    IntStream.rangeClosed(1, 4).forEach(n -> create(n, n));
    delete(3);
    browser.deleted("id3", position(5));
    page(Reads.Cursor.BEFORE, 3, position(5), meow(1));
    page(Reads.Cursor.AFTER, 3, position(5));
    assertThat(judge(meow(4), meow(2), meow(1))).containsExactly(Kind.LOST, Kind.LOST);
  }

  @Test
  void noticesAPageThatClaimsMoreThanItShowsAmongEdits() {
    post(3);
    browser.hello(position(0), false);
    create(1, 1);
    var second = edit(1, 2);
    browser.edited(second, position(2));
    create(2, 3);
    create(3, 4);
    page(Reads.Cursor.NEWEST, 0, position(2), second);
    assertThat(kinds()).isEmpty();
    page(Reads.Cursor.NEWEST, 0, position(3), second);
    assertFound(Kind.LOST, meow(3), meow(2), second);
  }

  @Test
  void noticesPositionsThatDoNotRise() {
    post(2);
    browser.hello(position(0), false);
    create(1, 1);
    create(2, 2);
    var second = edit(1, 2);
    browser.edited(second, position(2));
    assertThat(judge(meow(2), second)).contains(Kind.OUT_OF_ORDER);
  }

  @Test
  void acceptsADeletionInThePlaceOfWhatWasDeleted() {
    post(2);
    browser.hello(position(0), false);
    create(1, 1);
    create(2, 2);
    delete(1);
    browser.deleted("id1", position(3));
    var other = checker.track("browser 2");
    other.hello(position(0), false);
    other.deleted("id1", position(1));
    other.meow(meow(2), position(2));
    assertRight(meow(2));
  }

  @Test
  void expectsOfATopicNothingElseAndEveryChange() {
    post(6);
    var topic = checker.track("browser 2", true);
    topic.hello(position(0), false);
    browser.hello(position(0), false);
    IntStream.rangeClosed(1, 6).forEach(n -> create(n, n));
    topic.meow(meow(5), position(5));
    delete(6);
    browser.deleted("id6", position(7));
    topic.deleted("id6", position(7));
    assertRight(meow(5), meow(4), meow(3), meow(2), meow(1));
  }

  @Test
  void noticesThatDeletionsAreNotSentToWhoWantsATopic() {
    post(6);
    var topic = checker.track("browser 2", true);
    topic.hello(position(0), false);
    topic.meow(meow(5), position(5));
    delete(6);
    assertFound(Kind.NOT_TOLD, meow(5), meow(4), meow(3), meow(2), meow(1));
  }

  @Test
  void noticesAMeowThatIsNotAboutTheTopicAndOneThatIsMissing() {
    post(5);
    var topic = checker.track("browser 2", true);
    topic.hello(position(0), false);
    topic.meow(meow(4), position(4));
    assertThat(judge(meow(5), meow(4), meow(3), meow(2), meow(1)))
        .containsExactlyInAnyOrder(Kind.WRONG_ANSWER, Kind.LOST);
  }

  private void post(int count) {
    for (int i = 0; i < count; i++) {
      var post = ledger.write(false);
      post.sending();
      ledger.acknowledged(post, meow(post.number() + 1));
    }
  }

  private SeenMeow edit(int number, int revision) {
    var text = ledger.edit(ledger.get(number - 1));
    text.sending();
    ledger.editAcknowledged(text, meow(number, text, revision));
    return meow(number, text, revision);
  }

  private SeenMeow unanswered(int number, int revision) {
    var text = ledger.edit(ledger.get(number - 1));
    text.sending();
    return meow(number, text, revision);
  }

  private void delete(int number) {
    ledger.get(number - 1).deleting();
    ledger.get(number - 1).deleted();
  }

  private SeenMeow meow(int number) {
    return meow(number, ledger.get(number - 1).texts().getFirst(), 1);
  }

  private static SeenMeow meow(int number, Text text, int revision) {
    return new SeenMeow("id" + number, text.body(), "t" + number, revision);
  }

  private static MeowNow now(SeenMeow meow) {
    return new MeowNow(meow.id(), Optional.of(meow));
  }

  private void create(int number, long sequence) {
    browser.meow(meow(number), position(sequence));
  }

  /** Another browser that comes for this alone is told of a deletion. */
  private void tell(int deleted, long sequence) {
    var other = checker.track("browser of " + sequence);
    other.hello(position(sequence - 1), false);
    other.deleted("id" + deleted, position(sequence));
    other.gap(position(sequence), position(100));
  }

  /** Another browser that comes for this alone is told of an edit. */
  private void tell(SeenMeow edited, long sequence) {
    var other = checker.track("browser of " + sequence);
    other.hello(position(sequence - 1), false);
    other.edited(edited, position(sequence));
    other.gap(position(sequence), position(100));
  }

  private void page(Reads.Cursor cursor, int of, FeedPosition position, SeenMeow... meows) {
    page(cursor, of, 0, position, meows);
  }

  private void page(
      Reads.Cursor cursor, int of, long begun, FeedPosition position, SeenMeow... meows) {
    checker.reads().page(cursor, of - 1, 9, List.of(meows), position, begun);
  }

  private static long later() {
    return System.nanoTime() + LATER;
  }

  private static FeedPosition position(long sequence) {
    return new FeedPosition("e", sequence);
  }

  private void assertRight(SeenMeow... timeline) {
    assertThat(judge(timeline)).as(() -> checker.violations().all().toString()).isEmpty();
  }

  private void assertFound(Kind kind, SeenMeow... timeline) {
    assertThat(judge(timeline)).as(() -> checker.violations().all().toString()).containsOnly(kind);
  }

  private List<Kind> judge(SeenMeow... timeline) {
    checker.judge(List.of(timeline), Outages.NONE);
    return kinds();
  }

  private List<Kind> kinds() {
    return checker.violations().all().stream().map(Violation::kind).toList();
  }
}
