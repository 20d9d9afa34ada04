package meower.e2e.chaos.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import meower.e2e.chaos.history.FeedPosition;
import meower.e2e.chaos.history.Outages;
import meower.e2e.chaos.history.Reads;
import meower.e2e.chaos.history.SeenMeow;
import meower.e2e.chaos.history.Violation;
import meower.e2e.chaos.history.Violation.Kind;
import org.junit.jupiter.api.Test;

/** A checker that notices nothing would praise everything: each kind of lie is told to it once. */
class CheckerTests {

  private static final Outages BROKEN = new Always();

  private final Checker checker = new Checker("t");
  private final FeedTrack browser = checker.track("browser 1");
  private final List<SeenMeow> meows = new ArrayList<>();

  @Test
  void findsNothingWrongWithWhatIsRight() {
    post(5);
    browser.hello(position(1), false);
    deliver(2, 3);
    browser.hello(position(3), true);
    deliver(4, 5);
    checker.reads().page(Reads.Cursor.NEWEST, -1, 2, List.of(meow(4), meow(3)), position(4), 0);
    checker.reads().page(Reads.Cursor.BEFORE, 2, 2, List.of(meow(2), meow(1)), position(5), 0);
    checker.reads().page(Reads.Cursor.AFTER, 1, 9, List.of(meow(4), meow(3)), position(4), 0);
    checker.reads().search(checker.ledger().get(3), List.of(meow(4)), position(4), 0);
    checker.reads().search(checker.ledger().get(4), List.of(), position(4), 0);
    assertFound(5, 4, 3, 2, 1);
  }

  @Test
  void noticesAMeowThatTheTimelineLost() {
    post(3);
    assertFound(List.of(3, 1), Kind.LOST);
  }

  @Test
  void noticesAMeowThatIsInTheTimelineTwice() {
    post(2);
    assertFound(List.of(2, 2, 1), Kind.DOUBLED);
  }

  @Test
  void noticesASecondIdForTheSameText() {
    post(1);
    var first = meow(1);
    checker.ledger().seen(new SeenMeow("other", first.body(), first.createdAt()), "a page");
    assertFound(List.of(1), Kind.DOUBLED);
  }

  @Test
  void noticesWhatNobodyPosted() {
    post(1);
    checker.ledger().seen(new SeenMeow("x", "made up", "now"), "a page");
    assertFound(List.of(1), Kind.INVENTED);
  }

  @Test
  void noticesAnotherTimeOfCreation() {
    post(1);
    checker.ledger().seen(new SeenMeow(meow(1).id(), meow(1).body(), "later"), "a page");
    assertFound(List.of(1), Kind.CHANGED);
  }

  @Test
  void noticesAMeowAboveOneThatWasSentAfterItsAcknowledgement() {
    post(3);
    assertFound(List.of(3, 1, 2), Kind.OUT_OF_ORDER);
  }

  @Test
  void noticesAnotherOrderThanThatInWhichMeowsWereSaidOverOneConnection() {
    together(3);
    checker.saidInOrder(List.of(0, 2));
    checker.saidInOrder(List.of(1));
    assertFound(3, 2, 1);
    checker.saidInOrder(List.of(1, 0));
    assertFound(List.of(3, 2, 1), Kind.OUT_OF_ORDER);
  }

  @Test
  void noticesAMeowThatABrowserDidNotGet() {
    post(5);
    browser.hello(position(0), false);
    deliver(1, 2, 4, 5);
    assertFound(List.of(5, 4, 3, 2, 1), Kind.LOST);
  }

  @Test
  void noticesThatTheFirstMeowAfterTheHelloIsMissing() {
    post(3);
    var other = checker.track("browser 2");
    other.hello(position(0), false);
    for (int i = 1; i <= 3; i++) {
      other.meow(meow(i), position(i));
    }
    browser.hello(position(1), false);
    deliver(3);
    assertFound(List.of(3, 2, 1), Kind.LOST);
  }

  @Test
  void noticesABrowserThatNeverGotTheLast() {
    post(3);
    browser.hello(position(0), false);
    deliver(1, 2);
    assertFound(List.of(3, 2, 1), Kind.LOST);
  }

  @Test
  void noticesAMeowThatABrowserGotTwiceAcrossAResume() {
    post(3);
    browser.hello(position(0), false);
    deliver(1, 2);
    browser.hello(position(2), true);
    browser.meow(meow(2), position(3));
    browser.meow(meow(3), position(4));
    assertFound(List.of(3, 2, 1), Kind.DOUBLED);
  }

  @Test
  void noticesAnotherOrderThanTheTimeline() {
    together(3);
    browser.hello(position(0), false);
    browser.meow(meow(1), position(1));
    browser.meow(meow(3), position(2));
    browser.meow(meow(2), position(3));
    assertThat(judge(List.of(3, 2, 1))).contains(Kind.OUT_OF_ORDER);
  }

  @Test
  void noticesTwoMeowsAtOnePosition() {
    together(2);
    browser.hello(position(0), false);
    deliver(1, 2);
    checker.track("browser 2").hello(position(0), false);
    var other = checker.track("browser 3");
    other.hello(position(1), false);
    other.meow(meow(1), position(2));
    assertThat(judge(List.of(2, 1))).contains(Kind.OUT_OF_ORDER);
  }

  @Test
  void acceptsAGapThatTheBrowserWasToldOf() {
    post(5);
    browser.hello(position(0), false);
    deliver(1);
    browser.gap(position(1), position(3));
    deliver(4, 5);
    var other = checker.track("browser 2");
    other.hello(position(0), false);
    for (int i = 1; i <= 5; i++) {
      other.meow(meow(i), position(i));
    }
    assertFound(5, 4, 3, 2, 1);
  }

  @Test
  void noticesAGapThatIsLargerThanItSays() {
    post(5);
    browser.hello(position(0), false);
    deliver(1);
    browser.gap(position(1), position(2));
    deliver(4, 5);
    var other = checker.track("browser 2");
    other.hello(position(0), false);
    for (int i = 1; i <= 5; i++) {
      other.meow(meow(i), position(i));
    }
    assertFound(List.of(5, 4, 3, 2, 1), Kind.LOST);
  }

  @Test
  void noticesAResumeElsewhere() {
    post(2);
    browser.hello(position(0), false);
    deliver(1);
    browser.hello(position(0), true);
    browser.meow(meow(2), position(2));
    assertFound(List.of(2, 1), Kind.UNTRUE_POSITION);
  }

  @Test
  void noticesAResumeThatWasRefusedWithoutReason() {
    post(2);
    browser.hello(position(0), false);
    deliver(1);
    browser.hello(position(1), false);
    deliver(2);
    assertFound(List.of(2, 1), Kind.NOT_RESUMED);
  }

  @Test
  void noticesAPageThatClaimsMoreThanItShows() {
    post(3);
    browser.hello(position(0), false);
    deliver(1, 2, 3);
    checker.reads().page(Reads.Cursor.NEWEST, -1, 2, List.of(meow(2), meow(1)), position(3), 0);
    assertFound(List.of(3, 2, 1), Kind.LOST);
  }

  @Test
  void noticesAPageThatShowsMoreThanItClaims() {
    post(3);
    browser.hello(position(0), false);
    deliver(1, 2, 3);
    checker.reads().page(Reads.Cursor.NEWEST, -1, 2, List.of(meow(3), meow(2)), position(2), 0);
    assertFound(List.of(3, 2, 1), Kind.UNTRUE_POSITION);
  }

  @Test
  void noticesAHoleInAPage() {
    post(3);
    checker.reads().page(Reads.Cursor.NEWEST, -1, 2, List.of(meow(3), meow(1)), position(3), 0);
    assertFound(List.of(3, 2, 1), Kind.LOST);
  }

  @Test
  void noticesAHoleBetweenTwoPages() {
    post(4);
    checker.reads().page(Reads.Cursor.BEFORE, 3, 1, List.of(meow(2)), position(4), 0);
    checker.reads().page(Reads.Cursor.AFTER, 0, 1, List.of(meow(3)), position(4), 0);
    assertThat(judge(List.of(4, 3, 2, 1))).containsExactly(Kind.LOST, Kind.LOST);
  }

  @Test
  void noticesASearchThatClaimsMoreThanItFinds() {
    post(2);
    browser.hello(position(0), false);
    deliver(1, 2);
    checker.reads().search(checker.ledger().get(0), List.of(), position(2), 0);
    assertFound(List.of(2, 1), Kind.LOST);
  }

  @Test
  void noticesAnErrorWhileNothingWasBroken() {
    post(1);
    checker.failures().excusable(System.nanoTime(), "503");
    checker.judge(List.of(meow(1)), BROKEN);
    assertThat(kinds()).isEmpty();
    assertFound(List.of(1), Kind.WRONG_ANSWER);
  }

  /** Posts one after the other. */
  private void post(int count) {
    for (int i = 0; i < count; i++) {
      var post = checker.ledger().write(false);
      post.sending();
      meows.add(new SeenMeow("id" + post.number(), post.body(), "t" + post.number()));
      checker.ledger().acknowledged(post, meows.getLast());
    }
  }

  /** Posts at the same time, so that any order of them is right. */
  private void together(int count) {
    for (int i = 0; i < count; i++) {
      var post = checker.ledger().write(false);
      post.sending();
      meows.add(new SeenMeow("id" + post.number(), post.body(), "t" + post.number()));
    }
  }

  private void deliver(int... numbers) {
    for (int number : numbers) {
      browser.meow(meow(number), position(number));
    }
  }

  private SeenMeow meow(int number) {
    return meows.get(number - 1);
  }

  private static FeedPosition position(long sequence) {
    return new FeedPosition("e", sequence);
  }

  private void assertFound(Integer... timeline) {
    assertThat(judge(List.of(timeline))).isEmpty();
  }

  private void assertFound(List<Integer> timeline, Kind kind) {
    assertThat(judge(timeline)).containsOnly(kind);
  }

  private List<Kind> judge(List<Integer> timeline) {
    checker.judge(timeline.stream().map(this::meow).toList(), Outages.NONE);
    return kinds();
  }

  private List<Kind> kinds() {
    return checker.violations().all().stream().map(Violation::kind).toList();
  }
}
