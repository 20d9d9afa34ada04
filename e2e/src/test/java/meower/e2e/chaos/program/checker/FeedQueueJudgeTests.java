package meower.e2e.chaos.program.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import meower.e2e.chaos.history.FeedPosition;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.history.Violations;
import meower.e2e.chaos.program.history.FedMessage;
import meower.e2e.chaos.program.history.FeedHistory;
import meower.e2e.chaos.program.history.MeowFact;
import meower.e2e.chaos.program.history.MeowFact.Deletion;
import org.junit.jupiter.api.Test;

/** Each kind of lie is told once to the judge of feeds, and the truths beside it. */
class FeedQueueJudgeTests {

  /** One with the topic, one that got it with its second text, one without. */
  private static final List<MeowFact> MEOWS =
      List.of(
          new MeowFact("a", 1, Deletion.NONE, Map.of(1, true), 0),
          new MeowFact("b", 3, Deletion.NONE, Map.of(1, false, 2, true, 3, false), 0),
          new MeowFact("c", 1, Deletion.NONE, Map.of(1, false), 0));

  private final FeedHistory whole = new FeedHistory("whole");
  private final FeedHistory topic = new FeedHistory("topic");
  private int messages;

  @Test
  void findsNothingWrongWithWhatIsRight() {
    tellAll();
    told(topic, "a", 1).told(topic, "b", 2).told(topic, "b", 3);
    assertThat(judgeWhole(MEOWS)).isEmpty();
    assertThat(judgeTopic(MEOWS)).isEmpty();
  }

  @Test
  void noticesAMeowThatDidNotFlow() {
    told(whole, "a", 1).told(whole, "b", 1).told(whole, "b", 2).told(whole, "b", 3);
    assertThat(judgeWhole(MEOWS)).containsExactly(Kind.FEED_MISSED);
  }

  @Test
  void noticesAnEditThatDidNotFlow() {
    told(whole, "a", 1).told(whole, "b", 1).told(whole, "b", 3).told(whole, "c", 1);
    assertThat(judgeWhole(MEOWS)).containsExactly(Kind.FEED_MISSED);
  }

  @Test
  void noticesAnEventThatIsTwoMessages() {
    tellAll();
    told(whole, "a", 1);
    assertThat(judgeWhole(MEOWS)).contains(Kind.FEED_DOUBLED);
  }

  @Test
  void aMessageMayComeAgain() {
    tellAll();
    told(topic, "a", 1).told(topic, "b", 2).told(topic, "b", 3);
    topic.got(topic.messages().getFirst());
    assertThat(judgeTopic(MEOWS)).isEmpty();
  }

  @Test
  void noticesAnotherOrderThanThatOfTheFeed() {
    tellAll();
    var messages = whole.messages();
    var other = new FeedHistory("whole");
    List.of(1, 0, 2, 3, 4).forEach(place -> other.got(messages.get(place)));
    assertThat(judgeWhole(MEOWS, other)).containsExactly(Kind.FEED_OUT_OF_ORDER);
  }

  @Test
  void noticesAMeowThatNobodyPosted() {
    tellAll();
    told(whole, "x", 1);
    assertThat(judgeWhole(MEOWS)).containsExactly(Kind.INVENTED);
  }

  @Test
  void noticesWhatATopicLacks() {
    tellAll();
    told(topic, "a", 1).told(topic, "b", 2);
    assertThat(judgeTopic(MEOWS)).containsExactly(Kind.FEED_MISSED);
  }

  @Test
  void noticesWhatATopicDoesNotWant() {
    tellAll();
    told(topic, "a", 1).told(topic, "b", 2).told(topic, "b", 3).told(topic, "c", 1);
    assertThat(judgeTopic(MEOWS)).containsExactly(Kind.INVENTED);
  }

  @Test
  void aTextThatNobodyKnowsMayHaveTheTopic() {
    tellAll();
    told(topic, "a", 1);
    var meows =
        List.of(
            MEOWS.get(0), new MeowFact("b", 1, Deletion.NONE, Map.of(1, false), 0), MEOWS.get(2));
    assertThat(judgeTopic(meows)).isEmpty();
    told(topic, "b", 2).told(topic, "b", 3);
    assertThat(judgeTopic(meows)).isEmpty();
  }

  @Test
  void noticesThatNobodyIsToldOfADeletion() {
    var meows = List.of(new MeowFact("a", 1, Deletion.DONE, Map.of(1, true), 0));
    assertThat(judgeWhole(meows)).isEmpty(); // too late for all of it
    told(whole, "a", 1);
    assertThat(judgeWhole(meows)).containsExactly(Kind.FEED_MISSED);
    got(whole, "a", 2, FedMessage.Kind.DELETED);
    assertThat(judgeWhole(meows)).isEmpty();
  }

  private void tellAll() {
    told(whole, "a", 1)
        .told(whole, "b", 1)
        .told(whole, "c", 1)
        .told(whole, "b", 2)
        .told(whole, "b", 3);
  }

  private FeedQueueJudgeTests told(FeedHistory history, String meow, int revision) {
    return got(
        history, meow, revision, revision == 1 ? FedMessage.Kind.CREATED : FedMessage.Kind.EDITED);
  }

  private FeedQueueJudgeTests got(
      FeedHistory history, String meow, int revision, FedMessage.Kind kind) {
    messages++;
    history.got(
        new FedMessage(
            "m" + messages,
            kind,
            meow,
            revision,
            Optional.of("text"),
            new FeedPosition("e", messages),
            messages));
    return this;
  }

  private List<Kind> judgeWhole(List<MeowFact> meows) {
    return judgeWhole(meows, whole);
  }

  private static List<Kind> judgeWhole(List<MeowFact> meows, FeedHistory history) {
    var violations = new Violations();
    new FeedQueueJudge(meows, violations).judgeWhole(history);
    return Queues.kinds(violations);
  }

  private List<Kind> judgeTopic(List<MeowFact> meows) {
    var violations = new Violations();
    new FeedQueueJudge(meows, violations).judgeTopic(topic, whole);
    return Queues.kinds(violations);
  }
}
