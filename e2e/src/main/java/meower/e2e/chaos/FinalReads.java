package meower.e2e.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import meower.e2e.chaos.checker.Checker;
import meower.e2e.chaos.history.FeedPosition;
import meower.e2e.chaos.history.Ledger;
import meower.e2e.chaos.history.MeowNow;
import meower.e2e.chaos.history.Post;
import meower.e2e.chaos.history.SeenMeow;
import meower.e2e.chaos.history.Text;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.load.Answer;
import meower.e2e.chaos.load.Client;

/**
 * Reads everything that there is, when nothing changes any more.
 *
 * <p>One instance may have all of it while another one is some moments behind; by the position of
 * an answer they are told apart.
 */
final class FinalReads {

  private static final int TAKE = 500;
  private static final int IDS = 100;
  private static final int UNAVAILABLE = 503;
  private static final Duration POLL = Duration.ofMillis(50);

  private final Client client;
  private final Checker checker;
  private final Duration recovery;
  private final Optional<FeedPosition> end;
  private final BitSet inTimeline = new BitSet();

  /**
   * @param recovery how long an instance may take until it knows everything
   */
  FinalReads(Client client, Checker checker, Duration recovery) {
    this.client = client;
    this.checker = checker;
    this.recovery = recovery;
    this.end = checker.end();
  }

  /** Walks through the whole timeline along its links; newest first. */
  List<SeenMeow> timeline() throws IOException, InterruptedException {
    var all = new ArrayList<SeenMeow>();
    Optional<String> path = Optional.of("/meows?take=" + TAKE);
    while (path.isPresent()) {
      var page = getWhole(path.get());
      all.addAll(page.meows());
      path = page.next();
    }
    all.forEach(meow -> checker.ledger().seen(meow, "the timeline").ifPresent(inTimeline::set));
    return all;
  }

  /** Everything that the timeline has is also found, and nothing else; lot by lot. */
  void searchAll() throws IOException, InterruptedException {
    var ledger = checker.ledger();
    for (int lot = 0; lot * Ledger.LOT < ledger.size(); lot++) {
      var found = search(ledger.lot(lot));
      for (int n = lot * Ledger.LOT; n < Math.min((lot + 1) * Ledger.LOT, ledger.size()); n++) {
        if (found.get(n) != inTimeline.get(n)) {
          violation(n, found.get(n) ? "is found, and the timeline lacks it" : "is not found");
        }
      }
    }
  }

  /** What is deleted says so, and what is edited says what it was before. */
  void readChanges() throws IOException, InterruptedException {
    var deleted = new ArrayList<Post>();
    for (var post : checker.ledger().all()) {
      if (post.isDeleted()) {
        deleted.add(post);
      } else if (inTimeline.get(post.number()) && post.texts().stream().anyMatch(Text::isEdit)) {
        readHistory(post);
      }
    }
    for (int from = 0; from < deleted.size(); from += IDS) {
      readDeleted(deleted.subList(from, Math.min(from + IDS, deleted.size())));
    }
  }

  private void readHistory(Post post) throws IOException, InterruptedException {
    var meow = post.meow().orElseThrow();
    checker.ledger().history(post, get("/meows/" + meow.id() + "/history").history(meow));
  }

  private void readDeleted(List<Post> posts) throws IOException, InterruptedException {
    String ids =
        posts.stream().map(post -> post.meow().orElseThrow().id()).collect(Collectors.joining(","));
    var now =
        get("/meows?ids=" + ids).meowsNow().stream()
            .collect(Collectors.toMap(MeowNow::id, Function.identity(), (one, _) -> one));
    for (var post : posts) {
      var meow = now.get(post.meow().orElseThrow().id());
      if (meow == null) {
        violation(post.number(), "is deleted, and nothing is left that says so");
      } else if (meow.meow().isPresent()) {
        checker
            .violations()
            .add(Kind.SHOWN_AFTER_DELETION, post.sentAt(), "the end has " + meow.meow().get());
      }
    }
  }

  private BitSet search(String word) throws IOException, InterruptedException {
    var found = new BitSet();
    var answer = getWhole("/search?take=" + TAKE + "&query=" + Client.encode("\"" + word + "\""));
    for (var meow : answer.meows()) {
      checker
          .ledger()
          .seen(meow, "the search")
          .ifPresent(number -> {
            if (found.get(number)) {
              checker.violations().add(Kind.DOUBLED, System.nanoTime(), meow + " is found twice");
            }
            found.set(number);
          });
    }
    return found;
  }

  private void violation(int number, String what) {
    var post = checker.ledger().get(number);
    checker.violations().add(Kind.LOST, post.sentAt(), post + " " + what);
  }

  /** Waits for an answer that knows of everything; how long it may take is a promise. */
  private Answer getWhole(String path) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + recovery.toNanos();
    while (true) {
      var answer = get(path);
      if (end.filter(last -> !answer.position().reaches(last)).isEmpty()) {
        return answer;
      }
      if (System.nanoTime() > deadline) {
        checker
            .violations()
            .add(
                Kind.SLOW_RECOVERY,
                deadline,
                "GET %s still ends at %s, and the last meow is at %s"
                    .formatted(path, answer.position(), end.get()));
        return answer;
      }
      Thread.sleep(POLL);
    }
  }

  /** An instance that does not know enough yet says so; how long it may is a promise, too. */
  private Answer get(String path) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + recovery.toNanos();
    var answer = client.get(path);
    while (answer.status() == UNAVAILABLE && System.nanoTime() < deadline) {
      Thread.sleep(POLL);
      answer = client.get(path);
    }
    if (answer.status() != 200) {
      throw new IOException("GET " + path + ": " + answer);
    }
    return answer;
  }
}
