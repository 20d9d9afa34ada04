package meower.e2e.chaos.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meower.e2e.chaos.history.FeedPosition;
import meower.e2e.chaos.history.Ledger;
import meower.e2e.chaos.history.Longs;
import meower.e2e.chaos.history.SeenMeow;
import meower.e2e.chaos.history.Sequences;
import meower.e2e.chaos.history.Sequences.Event;
import meower.e2e.chaos.history.Texts;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.history.Violations;
import org.jspecify.annotations.Nullable;

/**
 * What one browser was sent, over all its connections. Used by one thread at a time; the browser
 * sees to that.
 */
public final class FeedTrack {

  private static final int GONE = Integer.MAX_VALUE;

  private final String browser;
  private final boolean topicOnly;
  private final Ledger ledger;
  private final Sequences sequences;
  private final Violations violations;
  private final List<Stretch> stretches = new ArrayList<>();

  /** The highest revision of each post on this connection, of those that were changed. */
  private final Map<Integer, Integer> passed = new HashMap<>();

  private @Nullable FeedPosition position;
  private long opened;
  private int newest = -1;

  /**
   * @param topicOnly whether it wants only what is posted about {@link Texts#TOPIC}
   */
  FeedTrack(
      String browser,
      boolean topicOnly,
      Ledger ledger,
      Sequences sequences,
      Violations violations) {
    this.browser = browser;
    this.topicOnly = topicOnly;
    this.ledger = ledger;
    this.sequences = sequences;
    this.violations = violations;
  }

  /** Where it would resume. */
  public Optional<FeedPosition> position() {
    return Optional.ofNullable(position);
  }

  /** The number of the meow it got last; -1 before the first. */
  public int newest() {
    return newest;
  }

  List<Stretch> stretches() {
    return stretches;
  }

  String browser() {
    return browser;
  }

  boolean isTopicOnly() {
    return topicOnly;
  }

  /** It forgets where it was, as a page that is loaded anew. */
  public void forget() {
    position = null;
  }

  /** It asks for a connection at this moment, with {@link #position()}. */
  public void opening(long at) {
    opened = at;
    passed.clear();
  }

  /** The first frame of a connection. */
  public void hello(FeedPosition start, boolean resumed) {
    var asked = position;
    if (resumed && !start.equals(asked)) {
      violations.add(
          Kind.UNTRUE_POSITION,
          System.nanoTime(),
          "%s asked for what comes after %s and was resumed at %s"
              .formatted(browser, asked, start));
    }
    if (!resumed && asked != null && asked.epoch().equals(start.epoch())) {
      violations.add(
          Kind.NOT_RESUMED,
          System.nanoTime(),
          "%s came back with %s and has to start at %s".formatted(browser, asked, start));
    }
    if (!resumed) {
      stretches.add(new Stretch(start, System.nanoTime()));
    }
    position = start;
  }

  /** A meow was created. */
  public void meow(SeenMeow meow, FeedPosition at) {
    var number = ledger.pushed(meow, browser, opened);
    number.ifPresent(n -> {
      newest = n;
      take(at, new Event(n, SeenMeow.CREATION));
    });
    advance(at);
  }

  /** A meow got another text. */
  public void edited(SeenMeow meow, FeedPosition at) {
    ledger.pushed(meow, browser, opened).ifPresent(n -> take(at, new Event(n, meow.revision())));
    advance(at);
  }

  /** A meow was deleted. */
  public void deleted(String id, FeedPosition at) {
    ledger.gone(id, browser);
    ledger.numberOf(id).ifPresent(n -> take(at, new Event(n, Event.DELETION)));
    advance(at);
  }

  public void gap(FeedPosition from, FeedPosition to) {
    stretches.getLast().skip(from, to);
    advance(to);
  }

  private void take(FeedPosition at, Event event) {
    sequences.learn(at, event);
    stretches.getLast().deliver(at.sequence(), event);
    if (event.isDeletion()) {
      passed.put(event.number(), GONE);
    } else {
      pass(event);
    }
  }

  private void pass(Event event) {
    int before = passed.getOrDefault(event.number(), 0);
    if (before > event.revision()) {
      violations.add(
          Kind.CAME_BACK,
          System.nanoTime(),
          "%s got revision %d of %s after %s"
              .formatted(
                  browser,
                  event.revision(),
                  ledger.get(event.number()),
                  before == GONE ? "its deletion" : "revision " + before));
    } else if (!event.isCreation()) {
      passed.put(event.number(), event.revision());
    }
  }

  private void advance(FeedPosition to) {
    var before = position;
    if (before != null && before.epoch().equals(to.epoch()) && before.sequence() >= to.sequence()) {
      violations.add(
          Kind.OUT_OF_ORDER,
          System.nanoTime(),
          "%s got %s after %s".formatted(browser, to, before));
    }
    position = to;
  }

  /** What has to be one piece of the feed, but for the gaps it was told of. */
  static final class Stretch {

    /** What the browser was told it does not get. */
    record Gap(FeedPosition from, FeedPosition to, long at) {

      boolean covers(long sequence) {
        return from.sequence() < sequence && sequence <= to.sequence();
      }
    }

    private static final int REVISIONS = 1_000;

    private final FeedPosition start;
    private final long startedAt;
    private final Longs items = new Longs();
    private final List<Gap> gaps = new ArrayList<>();
    private long last;

    Stretch(FeedPosition start, long startedAt) {
      this.start = start;
      this.startedAt = startedAt;
      this.last = start.sequence();
    }

    FeedPosition start() {
      return start;
    }

    long startedAt() {
      return startedAt;
    }

    /** The sequence up to which everything has come. */
    long last() {
      return last;
    }

    void deliver(long sequence, Event event) {
      items.add((long) event.number() * REVISIONS + event.revision());
      last = Math.max(last, sequence);
    }

    void skip(FeedPosition from, FeedPosition to) {
      gaps.add(new Gap(from, to, System.nanoTime()));
      items.add(-gaps.size());
      last = Math.max(last, to.sequence());
    }

    int size() {
      return items.size();
    }

    /** What came in this place; empty when it was a gap. */
    Optional<Event> event(int index) {
      long item = items.get(index);
      return item < 0
          ? Optional.empty()
          : Optional.of(new Event((int) (item / REVISIONS), (int) (item % REVISIONS)));
    }

    /** The gap in this place. */
    Gap gap(int index) {
      return gaps.get((int) (-1 - items.get(index)));
    }

    List<Gap> gaps() {
      return gaps;
    }
  }
}
