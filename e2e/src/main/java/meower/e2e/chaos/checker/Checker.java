package meower.e2e.chaos.checker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meower.e2e.chaos.history.Failures;
import meower.e2e.chaos.history.FeedPosition;
import meower.e2e.chaos.history.Ledger;
import meower.e2e.chaos.history.Outages;
import meower.e2e.chaos.history.Reads;
import meower.e2e.chaos.history.SeenMeow;
import meower.e2e.chaos.history.Sequences;
import meower.e2e.chaos.history.Suspicions;
import meower.e2e.chaos.history.Texts;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.history.Violations;

/**
 * Everything that is written down during a run, and the judgement at its end.
 *
 * <p>It shares no code with Meower: it reads what comes over HTTP and WebSocket by the contract.
 */
public final class Checker {

  /** What is promised while nothing is broken. */
  public static final Duration REACH = Duration.ofSeconds(1);

  private final Violations violations = new Violations();
  private final Suspicions suspicions = new Suspicions(violations);
  private final Sequences sequences = new Sequences(violations);
  private final Failures failures = new Failures(violations);
  private final Ledger ledger;
  private final Reads reads;
  private final List<FeedTrack> tracks = new ArrayList<>();
  private final List<List<Integer>> said = new ArrayList<>();

  /**
   * @param run a word that tells this run's texts from those of others
   */
  public Checker(String run) {
    this(run, REACH);
  }

  /**
   * @param run a word that tells this run's texts from those of others
   * @param reach within which an edit or a deletion has reached every answer, when nothing is
   *     broken
   */
  public Checker(String run, Duration reach) {
    ledger = new Ledger(violations, suspicions, run, reach);
    reads = new Reads(ledger);
  }

  public Ledger ledger() {
    return ledger;
  }

  public Reads reads() {
    return reads;
  }

  public Failures failures() {
    return failures;
  }

  public Violations violations() {
    return violations;
  }

  /** What a new browser is going to be sent. */
  public FeedTrack track(String browser) {
    return track(browser, false);
  }

  /**
   * What a new browser is going to be sent.
   *
   * @param topicOnly whether it wants only what is posted about {@link Texts#TOPIC}
   */
  public synchronized FeedTrack track(String browser, boolean topicOnly) {
    var track = new FeedTrack(browser, topicOnly, ledger, sequences, violations);
    tracks.add(track);
    return track;
  }

  /**
   * These were sent one after the other over one connection, and each was taken at once.
   *
   * @param numbers of posts, in the order of their frames
   */
  public synchronized void saidInOrder(List<Integer> numbers) {
    said.add(List.copyOf(numbers));
  }

  /** Where the post stands that was written last, if anybody was told. */
  public Optional<FeedPosition> end() {
    return sequences.positionOf(ledger.size() - 1);
  }

  /**
   * Judges all of it, when nothing changes any more.
   *
   * @param timeline all of it, newest first
   * @return how many meows the timeline has
   */
  public synchronized int judge(List<SeenMeow> timeline, Outages outages) {
    int[] numbers = new TimelineJudge(ledger, violations).judge(timeline);
    var order = new FinalOrder(numbers, ledger.size(), sequences);
    judgeFeeds(order);
    said.forEach(frames -> judgeOrder(frames, order));
    new ReadJudge(order, ledger, violations).judge(reads);
    new LifeJudge(ledger, violations, outages).judge(timeline);
    suspicions.judge(outages);
    failures.judge(outages);
    return order.size();
  }

  private void judgeOrder(List<Integer> numbers, FinalOrder order) {
    int last = FinalOrder.NOWHERE;
    for (int number : numbers) {
      int place = order.placeOf(number);
      if (place != FinalOrder.NOWHERE && place < last) {
        var post = ledger.get(number);
        violations.add(
            Kind.OUT_OF_ORDER,
            post.sentAt(),
            post + " stands below one that was said before it on the same connection");
      }
      last = Math.max(last, place);
    }
  }

  private void judgeFeeds(FinalOrder order) {
    var withTopic = order.only(number -> Texts.hasTopic(ledger.get(number).body()));
    var changes = new ChangeJudge(sequences, ledger, violations);
    for (var track : tracks) {
      FeedJudge.judge(track, track.isTopicOnly() ? withTopic : order, ledger, violations);
      changes.judge(track);
    }
  }
}
