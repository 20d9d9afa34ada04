package meower.e2e.chaos.history;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;

/**
 * What was read during the run, kept until it is known which order was the right one. Safe for use
 * by several threads.
 */
public final class Reads {

  /** Which part of the timeline was asked for. */
  public enum Cursor {
    NEWEST,
    BEFORE,
    AFTER
  }

  /**
   * One page of the timeline.
   *
   * @param of the number of the meow that the cursor named; -1 without one
   * @param numbers newest first
   * @param full whether there were as many as asked for
   */
  public record Page(
      long at, Cursor cursor, int of, Numbers numbers, boolean full, FeedPosition position) {}

  /**
   * A search for the one meow with a word.
   *
   * @param wanted its number
   */
  public record Search(long at, int wanted, boolean found, FeedPosition position) {}

  private final Ledger ledger;
  private final List<Page> pages = new ArrayList<>();
  private final List<Search> searches = new ArrayList<>();

  public Reads(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * A page of the timeline came.
   *
   * @param take how many were asked for
   * @param begun when that was
   */
  public void page(
      Cursor cursor, int of, int take, List<SeenMeow> meows, FeedPosition position, long begun) {
    var numbers = new Numbers();
    for (var meow : meows) {
      ledger.read(meow, "the timeline", begun).ifPresent(numbers::add);
    }
    var page = new Page(System.nanoTime(), cursor, of, numbers, meows.size() == take, position);
    synchronized (pages) {
      pages.add(page);
    }
  }

  /**
   * An answer came to the search for the word of one meow.
   *
   * @param begun when it was asked for
   */
  public void search(Post wanted, List<SeenMeow> meows, FeedPosition position, long begun) {
    boolean found =
        meows.stream()
            .map(meow -> ledger.read(meow, "the search", begun))
            .anyMatch(number -> number.equals(OptionalInt.of(wanted.number())));
    synchronized (searches) {
      searches.add(new Search(System.nanoTime(), wanted.number(), found, position));
    }
  }

  /**
   * An answer came to the question what has become of some meows.
   *
   * @param asked those that were asked for
   * @param begun when that was
   */
  public void byIds(List<Post> asked, List<MeowNow> meows, long begun) {
    var answered = new HashSet<String>();
    for (var now : meows) {
      answered.add(now.id());
      now.meow()
          .ifPresentOrElse(
              meow -> ledger.read(meow, "ids=", begun), () -> ledger.gone(now.id(), "ids="));
    }
    asked.stream()
        .filter(post -> post.meow().filter(meow -> answered.contains(meow.id())).isEmpty())
        .forEach(post -> ledger.unknown(post, "ids=", begun));
  }

  public List<Page> pages() {
    synchronized (pages) {
      return List.copyOf(pages);
    }
  }

  public List<Search> searches() {
    synchronized (searches) {
      return List.copyOf(searches);
    }
  }
}
