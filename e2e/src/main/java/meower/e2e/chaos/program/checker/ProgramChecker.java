package meower.e2e.chaos.program.checker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import meower.e2e.chaos.history.Outages;
import meower.e2e.chaos.history.Violations;
import meower.e2e.chaos.program.history.FeedHistory;
import meower.e2e.chaos.program.history.MeowFact;
import meower.e2e.chaos.program.history.PresenceHistory;
import meower.e2e.chaos.program.history.PushCall;
import meower.e2e.chaos.program.history.QueueEnd;
import meower.e2e.chaos.program.history.QueueHistory;
import meower.e2e.chaos.program.history.Settlement.Deed;
import meower.e2e.chaos.program.history.Settlement.Outcome;

/**
 * What programs did and were answered, and the judgement at the end. It shares no code with Meower.
 */
public final class ProgramChecker {

  private final QueueHistory work = new QueueHistory("work");
  private final QueueHistory kept = new QueueHistory("kept");
  private final QueueHistory pushed = new QueueHistory("pushed");
  private final QueueHistory topic = new QueueHistory("topic");
  private final FeedHistory topicFeed = new FeedHistory("topic");
  private final FeedHistory wholeFeed = new FeedHistory("whole");
  private final PresenceHistory presence = new PresenceHistory();
  private final List<PushCall> calls = new ArrayList<>();
  private final Duration reach;

  /**
   * @param reach within which what has changed shows, while nothing is broken
   */
  public ProgramChecker(Duration reach) {
    this.reach = reach;
  }

  /** Many publish into it, and many work it off. */
  public QueueHistory work() {
    return work;
  }

  /** One publishes into it, and one takes everything out at the end. */
  public QueueHistory kept() {
    return kept;
  }

  /** Its messages are brought to a receiver. */
  public QueueHistory pushed() {
    return pushed;
  }

  /** It fills with what is posted about a topic. */
  public QueueHistory topic() {
    return topic;
  }

  /** The same, as meows. */
  public FeedHistory topicFeed() {
    return topicFeed;
  }

  /** What a queue has at the end that wants everything. */
  public FeedHistory wholeFeed() {
    return wholeFeed;
  }

  public PresenceHistory presence() {
    return presence;
  }

  public void called(PushCall call) {
    synchronized (calls) {
      calls.add(call);
    }
  }

  public List<PushCall> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  /** How much there was of everything. */
  public Counts counts() {
    return new Counts(
        work.publications().size() + kept.publications().size() + pushed.publications().size(),
        settled(work) + settled(kept) + settled(topic),
        calls().stream().filter(PushCall::accepted).count(),
        wholeFeed.messages().size(),
        presence.reports().stream().filter(report -> report.accepted()).count(),
        presence.reads().size());
  }

  private static long settled(QueueHistory queue) {
    return queue.settlements().stream()
        .filter(one -> one.deed() == Deed.ACKNOWLEDGE && one.outcome() == Outcome.DONE)
        .count();
  }

  /**
   * How much there was.
   *
   * @param published calls that published something
   * @param acknowledged messages
   * @param called calls of the receiver that it took
   * @param fed messages that flowed from the meows into the queue that wants all
   * @param reports of sightings that were accepted
   * @param reads of who is here
   */
  public record Counts(
      int published, long acknowledged, long called, int fed, long reports, int reads) {

    @Override
    public String toString() {
      return "published %d, acknowledged %d, called %d, fed %d, reports %d, reads %d"
          .formatted(published, acknowledged, called, fed, reports, reads);
    }
  }

  /** How each queue ended. */
  public record Ends(QueueEnd work, QueueEnd kept, QueueEnd pushed, QueueEnd topic) {}

  /** Judges all of it, when nothing changes any more. */
  public void judge(Ends ends, List<MeowFact> meows, Outages outages, Violations violations) {
    QueueJudge.judge(work, ends.work(), outages, violations);
    QueueJudge.judge(kept, ends.kept(), outages, violations);
    OrderJudge.judge(kept, violations);
    QueueJudge.judge(topic, ends.topic(), outages, violations);
    PushJudge.judge(pushed, calls(), ends.pushed(), violations);
    var feeds = new FeedQueueJudge(meows, violations);
    feeds.judgeWhole(wholeFeed);
    feeds.judgeTopic(topicFeed, wholeFeed);
    PresenceJudge.judge(presence, reach, outages, violations);
  }
}
