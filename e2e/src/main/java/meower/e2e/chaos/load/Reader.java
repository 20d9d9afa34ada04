package meower.e2e.chaos.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meower.e2e.chaos.checker.Checker;
import meower.e2e.chaos.history.Post;
import meower.e2e.chaos.history.Reads.Cursor;
import meower.e2e.chaos.history.SeenMeow;

/** Pages through the timeline in both directions, searches, and looks single meows up. */
final class Reader {

  private static final int TAKE = 40;
  private static final int SOME = 20;

  private final Client client;
  private final Checker checker;
  private final Duration pause;

  /**
   * @param pause between two things that it does
   */
  Reader(Client client, Checker checker, Duration pause) {
    this.client = client;
    this.checker = checker;
    this.pause = pause;
  }

  void run(BooleanSupplier goesOn) throws InterruptedException {
    while (goesOn.getAsBoolean()) {
      switch (ThreadLocalRandom.current().nextInt(5)) {
        case 0 -> readDown();
        case 1 -> readUp();
        case 2 -> lookUp();
        case 3 -> lookUpSome();
        default -> search();
      }
      Pause.about(pause);
    }
  }

  /** The newest page and the two below it. */
  private void readDown() throws InterruptedException {
    var page = page("/meows?take=" + TAKE, Cursor.NEWEST, -1);
    for (int i = 0; i < 2 && page.isPresent(); i++) {
      var next = page.get().next();
      var last = number(page.get().meows());
      page =
          next.isPresent() && last >= 0 ? page(next.get(), Cursor.BEFORE, last) : Optional.empty();
    }
  }

  /** The page above a meow that the timeline has shown some time ago. */
  private void readUp() throws InterruptedException {
    var shown = page("/meows?take=" + TAKE + "&skip=" + 3 * TAKE, Cursor.NEWEST, -2);
    int number = shown.map(page -> number(page.meows())).orElse(-1);
    if (number >= 0) {
      String id = checker.ledger().get(number).meow().orElseThrow().id();
      page("/meows?take=" + TAKE + "&after=" + id, Cursor.AFTER, number);
    }
  }

  private Optional<Answer> page(String path, Cursor cursor, int of) throws InterruptedException {
    return read(
        path,
        (answer, begun) -> {
          if (of >= -1) {
            checker.reads().page(cursor, of, TAKE, answer.meows(), answer.position(), begun);
          }
        });
  }

  private void search() throws InterruptedException {
    var wanted = anyOfTheNewest();
    if (wanted.isPresent()) {
      search(wanted.get());
    }
  }

  private Optional<Post> anyOfTheNewest() {
    var ledger = checker.ledger();
    int posted = ledger.size();
    return posted == 0
        ? Optional.empty()
        : Optional.of(
            ledger.get(ThreadLocalRandom.current().nextInt(Math.max(0, posted - 2_000), posted)));
  }

  /** Some whose ids are known, deleted or not, each once. */
  private List<Post> someAcknowledged(int most) {
    return Stream.generate(this::anyOfTheNewest)
        .limit(most)
        .flatMap(Optional::stream)
        .filter(Post::isAcknowledged)
        .distinct()
        .toList();
  }

  private void lookUp() throws InterruptedException {
    for (var post : someAcknowledged(1)) {
      String path = "/meows/" + id(post);
      read(
          path,
          (answer, begun) -> {
            switch (answer.status()) {
              case 200 -> checker.ledger().read(answer.meow(), "a look-up", begun);
              case 404 -> checker.ledger().unknown(post, "a look-up", begun);
              default -> checker.ledger().gone(id(post), "a look-up");
            }
          },
          404,
          410);
    }
  }

  private void lookUpSome() throws InterruptedException {
    var posts = someAcknowledged(SOME);
    if (!posts.isEmpty()) {
      read(
          "/meows?ids=" + posts.stream().map(Reader::id).collect(Collectors.joining(",")),
          (answer, begun) -> checker.reads().byIds(posts, answer.meowsNow(), begun));
    }
  }

  private static String id(Post post) {
    return post.meow().orElseThrow().id();
  }

  private void search(Post wanted) throws InterruptedException {
    String word = "\"" + checker.ledger().word(wanted.number()) + "\"";
    read(
        "/search?take=5&query=" + Client.encode(word),
        (answer, begun) ->
            checker.reads().search(wanted, answer.meows(), answer.position(), begun));
  }

  /** The number of the last of them that somebody posted; -1 when there is none. */
  private int number(List<SeenMeow> meows) {
    return meows.isEmpty() ? -1 : checker.ledger().seen(meows.getLast(), "the timeline").orElse(-1);
  }

  /**
   * @param alsoRight what may be answered besides 200
   */
  private Optional<Answer> read(String path, Use use, int... alsoRight)
      throws InterruptedException {
    long begin = System.nanoTime();
    try {
      var answer = client.get(path);
      if (answer.status() == 200 || IntStream.of(alsoRight).anyMatch(s -> s == answer.status())) {
        use.of(answer, begin);
        return Optional.of(answer);
      }
      if (answer.isProperRefusal()) {
        checker.failures().excusable(begin, "GET " + path + ": " + answer);
      } else {
        checker.failures().inexcusable("GET " + path + ": " + answer);
      }
    } catch (IOException e) {
      checker.failures().excusable(begin, "GET " + path + ": " + e);
    } catch (RuntimeException e) {
      checker.failures().inexcusable("GET " + path + " is not understood: " + e);
    }
    return Optional.empty();
  }

  private interface Use {
    void of(Answer answer, long begun);
  }
}
