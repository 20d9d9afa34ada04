package meower.e2e.chaos.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import meower.e2e.chaos.checker.Violation.Kind;

/**
 * Knows every text that was posted, which ones were acknowledged, and under which id. Safe for use
 * by several threads.
 */
public final class Ledger {

  /** So many texts share a word, so that one search finds them all. */
  public static final int LOT = 400;

  private static final List<String> PHRASES =
      List.of(
          "the cat sat on the mat",
          "un café, s'il vous plaît",
          "raining <b>cats</b> & \"dogs\"",
          "\uD83D\uDC31 purrs at 3 o'clock",
          "猫が好き #cats",
          "two\nlines of meow");

  private final Violations violations;
  private final String run;
  private final List<Post> posts = new ArrayList<>();
  private final Map<String, Post> byBody = new ConcurrentHashMap<>();

  /**
   * @param run a word that tells this run's texts from those of others
   */
  public Ledger(Violations violations, String run) {
    this.violations = violations;
    this.run = run;
  }

  /** Makes up a new text, different from all others. */
  public Post write(boolean withKey) {
    synchronized (posts) {
      int number = posts.size();
      String phrase = PHRASES.get(number % PHRASES.size());
      String body = word(number) + " " + lot(number / LOT) + " " + phrase;
      var post = new Post(number, body, withKey ? run + "-" + number : null);
      posts.add(post);
      byBody.put(body, post);
      return post;
    }
  }

  /** A word that only this text has. */
  public String word(int number) {
    return run + "n" + Integer.toString(number, Character.MAX_RADIX);
  }

  /** The word that the texts from {@code lot * LOT} on have in common. */
  public String lot(int lot) {
    return run + "lot" + lot;
  }

  public int size() {
    synchronized (posts) {
      return posts.size();
    }
  }

  public Post get(int number) {
    synchronized (posts) {
      return posts.get(number);
    }
  }

  public List<Post> all() {
    synchronized (posts) {
      return List.copyOf(posts);
    }
  }

  /** An answer 201 with this meow came for the post. */
  public void acknowledged(Post post, SeenMeow answer) {
    long now = System.nanoTime();
    if (!answer.body().equals(post.body())) {
      violations.add(Kind.CHANGED, now, post + " was acknowledged with another body: " + answer);
    } else {
      compare(post, answer, "its acknowledgement");
    }
    post.acknowledge(now);
  }

  /**
   * Somebody was shown this meow.
   *
   * @return the number of the post it comes from; empty when nobody posted it
   */
  public OptionalInt seen(SeenMeow meow, String where) {
    return find(meow, where).map(post -> OptionalInt.of(post.number())).orElse(OptionalInt.empty());
  }

  private Optional<Post> find(SeenMeow meow, String where) {
    var post = byBody.get(meow.body());
    if (post == null) {
      violations.add(
          Kind.INVENTED, System.nanoTime(), where + " shows what nobody posted: " + meow);
      return Optional.empty();
    }
    compare(post, meow, where);
    return Optional.of(post);
  }

  private void compare(Post post, SeenMeow seen, String where) {
    var known = post.identify(seen);
    if (!known.id().equals(seen.id())) {
      violations.add(
          Kind.DOUBLED, System.nanoTime(), post + " has another id in " + where + ": " + seen.id());
    } else if (!known.createdAt().equals(seen.createdAt())) {
      violations.add(
          Kind.CHANGED,
          System.nanoTime(),
          "%s was created at %s, in %s at %s"
              .formatted(post, known.createdAt(), where, seen.createdAt()));
    }
  }
}
