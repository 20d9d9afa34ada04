package meower.e2e.chaos.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meower.e2e.chaos.checker.Violation.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What one browser was sent, over all its connections. Used by one thread at a time; the browser
 * sees to that.
 */
public final class FeedTrack {

  private final String browser;
  private final Ledger ledger;
  private final Sequences sequences;
  private final Violations violations;
  private final List<Stretch> stretches = new ArrayList<>();
  private @Nullable FeedPosition position;
  private int newest = -1;

  public FeedTrack(String browser, Ledger ledger, Sequences sequences, Violations violations) {
    this.browser = browser;
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

  /** It forgets where it was, as a page that is loaded anew. */
  public void forget() {
    position = null;
  }

  /** The first frame of a connection that was asked for with {@link #position()}. */
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
      stretches.add(new Stretch(start));
    }
    position = start;
  }

  public void meow(SeenMeow meow, FeedPosition at) {
    var number = ledger.seen(meow, browser);
    if (number.isPresent()) {
      sequences.learn(at, number.getAsInt());
      newest = number.getAsInt();
      stretches.getLast().deliver(newest);
    }
    position = at;
  }

  public void gap(FeedPosition from, FeedPosition to) {
    stretches.getLast().skip(from, to);
    position = to;
  }

  /** What has to be one piece of the feed, but for the gaps it was told of. */
  static final class Stretch {

    /** What the browser was told it does not get. */
    record Gap(FeedPosition from, FeedPosition to) {}

    private final FeedPosition start;
    private final Numbers items = new Numbers();
    private final List<Gap> gaps = new ArrayList<>();

    Stretch(FeedPosition start) {
      this.start = start;
    }

    FeedPosition start() {
      return start;
    }

    void deliver(int number) {
      items.add(number);
    }

    void skip(FeedPosition from, FeedPosition to) {
      gaps.add(new Gap(from, to));
      items.add(-gaps.size());
    }

    /** Numbers of meows, or for a gap {@code -1 - index} of it. */
    Numbers items() {
      return items;
    }

    Gap gap(int item) {
      return gaps.get(-1 - item);
    }
  }
}
