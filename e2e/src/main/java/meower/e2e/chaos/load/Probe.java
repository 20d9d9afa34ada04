package meower.e2e.chaos.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import meower.e2e.chaos.checker.Checker;
import meower.e2e.chaos.history.Post;

/**
 * Finds out whether Meower does all of its work: a new post is taken, reads are answered, and the
 * post reaches the timeline, the search and everybody who is connected.
 */
public final class Probe {

  private static final Duration POLL = Duration.ofMillis(50);

  /** Of the newest; a single meow can be had by its id before its turn. */
  private static final int PAGE = 20;

  private final Client client;
  private final Checker checker;
  private final Load load;
  private final List<Duty> further;

  /**
   * @param further what has to work as well, in this order
   */
  public Probe(Client client, Checker checker, Load load, List<Duty> further) {
    this.client = client;
    this.checker = checker;
    this.load = load;
    this.further = List.copyOf(further);
  }

  /**
   * A part of the work.
   *
   * @param failure what is said when it is not done
   */
  public record Duty(String failure, Condition done) {}

  /** Returns when all of it works, or what did not within the timeout. */
  public Optional<String> await(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    var poster = new Poster(client, checker, true, Duration.ZERO);
    var post = checker.ledger().writeForEverybody();
    if (!until(deadline, () -> poster.attempt(post))) {
      return Optional.of("posts are not taken");
    }
    if (!until(deadline, () -> isInTimeline(post))) {
      return Optional.of("a new meow is not in the timeline");
    }
    if (!until(deadline, () -> isFound(post))) {
      return Optional.of("a new meow is not found");
    }
    if (!until(deadline, () -> load.reachedBrowsers(post.sentAt()))) {
      return Optional.of("a new meow does not reach every browser");
    }
    for (var duty : further) {
      if (!until(deadline, duty.done())) {
        return Optional.of(duty.failure());
      }
    }
    return Optional.empty();
  }

  /** Posts a text that is the last one of the run; everybody has to get it. */
  public Optional<String> awaitEverybody(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    var poster = new Poster(client, checker, true, Duration.ZERO);
    var post = checker.ledger().writeForEverybody();
    if (!until(deadline, () -> poster.attempt(post))
        || !until(deadline, () -> isInTimeline(post))) {
      return Optional.of("the last meow is not in the timeline");
    }
    if (!until(deadline, () -> isFound(post))) {
      return Optional.of("the last meow is not found");
    }
    return until(deadline, () -> load.unreached(post.sentAt()).isEmpty())
        ? Optional.empty()
        : Optional.of("the last meow did not reach " + load.unreached(post.sentAt()));
  }

  private boolean isInTimeline(Post post) throws InterruptedException {
    try {
      var page = client.get("/meows?take=" + PAGE);
      return page.status() == 200
          && page.meows().stream()
              .flatMapToInt(meow -> checker.ledger().seen(meow, "the timeline").stream())
              .anyMatch(number -> isOrComesAfter(number, post));
    } catch (IOException _) {
      return false; // it is asked again
    }
  }

  /** Many may become visible at once: what was sent after its acknowledgement stands above it. */
  private boolean isOrComesAfter(int number, Post post) {
    return number == post.number()
        || checker.ledger().get(number).sentAt() - post.acknowledgedAt() > 0;
  }

  /** The timeline has its newest from memory, so it knows a meow before the index does. */
  private boolean isFound(Post post) throws InterruptedException {
    try {
      var word = Client.encode("\"" + checker.ledger().word(post.number()) + "\"");
      var page = client.get("/search?take=1&query=" + word);
      return page.status() == 200
          && page.meows().stream()
              .flatMapToInt(meow -> checker.ledger().seen(meow, "the search").stream())
              .anyMatch(number -> number == post.number());
    } catch (IOException _) {
      return false; // it is asked again
    }
  }

  private static boolean until(long deadline, Condition condition) throws InterruptedException {
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(POLL);
    }
    return true;
  }

  /** Something that may be asked again and again. */
  public interface Condition {
    boolean holds() throws InterruptedException;
  }
}
