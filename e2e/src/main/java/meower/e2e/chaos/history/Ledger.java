package meower.e2e.chaos.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import meower.e2e.chaos.history.Violation.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Knows every text that was posted, or that something was changed to, which ones were acknowledged,
 * and under which id. Safe for use by several threads.
 */
public final class Ledger {

  /** So many texts share a word, so that one search finds them all. */
  public static final int LOT = 400;

  /** Within which what was posted can be had by its id. */
  private static final long INDEXED = Duration.ofSeconds(5).toNanos();

  private static final OptionalInt NOBODYS = OptionalInt.empty();

  private final long reach;
  private final Violations violations;
  private final Suspicions suspicions;
  private final Texts texts;
  private final List<Post> posts = new ArrayList<>();
  private final Map<String, Text> byBody = new ConcurrentHashMap<>();
  private final Map<String, Post> byId = new ConcurrentHashMap<>();

  /**
   * @param run a word that tells this run's texts from those of others
   * @param reach within which an edit or a deletion has reached every answer, when nothing is
   *     broken
   */
  public Ledger(Violations violations, Suspicions suspicions, String run, Duration reach) {
    this.reach = reach.toNanos();
    this.violations = violations;
    this.suspicions = suspicions;
    this.texts = new Texts(run);
  }

  /** Makes up a new text to be posted, different from all others. */
  public Post write(boolean withKey) {
    synchronized (posts) {
      int number = posts.size();
      return write(number, texts.body(number, 0), withKey ? texts.key(number) : null);
    }
  }

  /** Likewise, with a key, and one that browsers with {@link Texts#TOPIC} get as well. */
  public Post writeForEverybody() {
    synchronized (posts) {
      int number = posts.size();
      return write(number, texts.bodyWithTopic(number), texts.key(number));
    }
  }

  private Post write(int number, String body, @Nullable String key) {
    var post = new Post(number, key);
    add(post, body, 0, false);
    posts.add(post);
    return post;
  }

  /** Makes up another text for a post. */
  public Text edit(Post post) {
    return another(post, false);
  }

  /** Makes up another text for a post, for somebody to send who may not. */
  public Text foreignEdit(Post post) {
    return another(post, true);
  }

  private Text another(Post post, boolean foreign) {
    synchronized (post) {
      int place = post.texts().size();
      return add(post, texts.body(post.number(), place), place, foreign);
    }
  }

  private Text add(Post post, String body, int place, boolean foreign) {
    var text = new Text(post, body, texts.ofText(post.number(), place), foreign);
    post.add(text);
    byBody.put(body, text);
    return text;
  }

  /** What the texts are made of. */
  public Texts texts() {
    return texts;
  }

  /** A word that only the texts of this post have. */
  public String word(int number) {
    return texts.ofPost(number);
  }

  /** The word that the texts from {@code lot * LOT} on have in common. */
  public String lot(int lot) {
    return texts.ofLot(lot);
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
    acknowledged(post.texts().getFirst(), answer, Kind.CHANGED);
  }

  /** An answer 200 with this meow came for the edit. */
  public void editAcknowledged(Text text, SeenMeow answer) {
    if (text.sentAt() - text.post().deletedAt() > 0) {
      violations.add(
          Kind.CAME_BACK, text.sentAt(), text + " was taken although the meow was deleted");
    }
    acknowledged(text, answer, Kind.WRONG_EDIT);
  }

  private void acknowledged(Text text, SeenMeow answer, Kind otherwise) {
    long now = System.nanoTime();
    if (answer.body().equals(text.body())) {
      compare(text, answer, "its acknowledgement");
    } else {
      violations.add(otherwise, now, text + " was acknowledged with another body: " + answer);
    }
    text.acknowledge(now, answer.revision());
  }

  /** These are said to be all texts that the meow has had, as far as the stream holds them. */
  public void history(Post post, List<SeenMeow> history) {
    history.forEach(meow -> seen(meow, "the history"));
    boolean whole = !history.isEmpty() && history.getLast().revision() == history.size();
    for (var text : post.texts()) {
      boolean there = history.stream().anyMatch(meow -> meow.body().equals(text.body()));
      if (whole && text.isAcknowledged() && !there) {
        violations.add(
            Kind.WRONG_EDIT, text.sentAt(), text + " was acknowledged, and the history lacks it");
      }
    }
  }

  /** Somebody was told that a meow is gone: only right when somebody has deleted it. */
  public void gone(String id, String where) {
    var post = byId.get(id);
    if (post == null) {
      violations.add(Kind.INVENTED, System.nanoTime(), where + " deletes an unknown meow " + id);
    } else if (!post.mayBeDeleted()) {
      violations.add(
          Kind.LOST, System.nanoTime(), where + " says that " + post + " is deleted: nobody did");
    }
  }

  /** Somebody asked for a meow by its id and was told that there is no such meow. */
  public void unknown(Post post, String where, long begun) {
    if (begun - (post.acknowledgedAt() + INDEXED) > 0) {
      suspicions.add(Kind.LOST, begun, System.nanoTime(), where + " knows nothing of " + post);
    }
  }

  /** The number of the post with this id. */
  public OptionalInt numberOf(String id) {
    var post = byId.get(id);
    return post == null ? OptionalInt.empty() : OptionalInt.of(post.number());
  }

  /**
   * Somebody was shown this meow.
   *
   * @return the number of the post it comes from; empty when nobody posted it
   */
  public OptionalInt seen(SeenMeow meow, String where) {
    return find(meow, where).map(text -> OptionalInt.of(text.post().number())).orElse(NOBODYS);
  }

  /**
   * The same in an answer, which may be no older than the last change that was acknowledged long
   * enough before.
   *
   * @param begun when the request was sent
   */
  public OptionalInt read(SeenMeow meow, String where, long begun) {
    return shown(meow, where, begun, System.nanoTime());
  }

  /**
   * The same in a frame.
   *
   * @param opened when its connection was
   */
  public OptionalInt pushed(SeenMeow meow, String browser, long opened) {
    var text = find(meow, browser);
    text.ifPresent(t -> judgeDeletion(t, browser, opened, opened));
    return text.map(t -> OptionalInt.of(t.post().number())).orElse(NOBODYS);
  }

  private OptionalInt shown(SeenMeow meow, String where, long from, long to) {
    var text = find(meow, where);
    if (text.isEmpty()) {
      return NOBODYS;
    }
    var post = text.get().post();
    judgeDeletion(text.get(), where, from, to);
    if (meow.revision() < post.acknowledgedRevision(from - reach)) {
      suspicions.add(
          Kind.CAME_BACK, from, to, where + " shows revision " + meow.revision() + " of " + post);
    }
    return OptionalInt.of(post.number());
  }

  private void judgeDeletion(Text text, String where, long from, long to) {
    long deletedAt = text.post().deletedAt();
    if (deletedAt != Post.NEVER && from - (deletedAt + reach) > 0) {
      suspicions.add(
          Kind.SHOWN_AFTER_DELETION,
          from,
          to,
          "%s shows %s, %d ms after the 204"
              .formatted(where, text, Duration.ofNanos(from - deletedAt).toMillis()));
    }
  }

  private Optional<Text> find(SeenMeow meow, String where) {
    var text = byBody.get(meow.body());
    if (text == null) {
      var kind = byId.containsKey(meow.id()) ? Kind.WRONG_EDIT : Kind.INVENTED;
      violations.add(kind, System.nanoTime(), where + " shows what nobody posted: " + meow);
      return Optional.empty();
    }
    if (text.isForeign()) {
      violations.add(
          Kind.NOT_YOURS, System.nanoTime(), where + " shows a stranger's " + text + ": " + meow);
    }
    compare(text, meow, where);
    return Optional.of(text);
  }

  private void compare(Text text, SeenMeow seen, String where) {
    var post = text.post();
    byId.putIfAbsent(seen.id(), post);
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
    learn(text, seen.revision(), where);
  }

  private void learn(Text text, int revision, String where) {
    var known = text.post().learn(revision, text);
    text.seenAs(revision);
    if (known != text) {
      violations.add(
          Kind.WRONG_EDIT,
          System.nanoTime(),
          "revision %d of %s is in %s another text: %s".formatted(revision, known, where, text));
    }
  }
}
