package meower.e2e.chaos.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Everything that is written down during a run, and the judgement at its end.
 *
 * <p>It shares no code with Meower: it reads what comes over HTTP and WebSocket by the contract.
 */
public final class Checker {

  private final Violations violations = new Violations();
  private final Sequences sequences = new Sequences(violations);
  private final Failures failures = new Failures(violations);
  private final Ledger ledger;
  private final Reads reads;
  private final List<FeedTrack> tracks = new ArrayList<>();

  /**
   * @param run a word that tells this run's texts from those of others
   */
  public Checker(String run) {
    ledger = new Ledger(violations, run);
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
  public synchronized FeedTrack track(String browser) {
    var track = new FeedTrack(browser, ledger, sequences, violations);
    tracks.add(track);
    return track;
  }

  /**
   * Judges all of it, when nothing changes any more.
   *
   * @param timeline all of it, newest first
   * @param excused whether something was broken, or recovering, at some time between two moments
   * @return how many meows the timeline has
   */
  public synchronized int judge(List<SeenMeow> timeline, BiPredicate<Long, Long> excused) {
    int[] numbers = new TimelineJudge(ledger, violations).judge(timeline);
    var order = new FinalOrder(numbers, ledger.size(), sequences);
    tracks.forEach(track -> FeedJudge.judge(track, order, ledger, violations));
    new ReadJudge(order, ledger, violations).judge(reads);
    failures.judge(excused);
    return order.size();
  }
}
