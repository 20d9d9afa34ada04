package meower.e2e.chaos.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A life: a text that the run posts, what it is changed to, and perhaps its deletion, with what is
 * known of each. Safe for use by several threads.
 */
public final class Post {

  public static final long NEVER = Long.MAX_VALUE;

  private final int number;
  private final @Nullable String key;
  private final List<Text> texts = new ArrayList<>();
  private final Map<Integer, Text> byRevision = new HashMap<>();
  private long deletionSentAt = NEVER;
  private long deletedAt = NEVER;
  private @Nullable SeenMeow meow;

  Post(int number, @Nullable String key) {
    this.number = number;
    this.key = key;
  }

  synchronized void add(Text text) {
    texts.add(text);
  }

  public int number() {
    return number;
  }

  /** The text that it is posted with. */
  public String body() {
    return first().body();
  }

  /** The text that it is posted with, and what it was to be changed to. */
  public synchronized List<Text> texts() {
    return List.copyOf(texts);
  }

  public Optional<String> key() {
    return Optional.ofNullable(key);
  }

  /** To be told before every attempt to post it; the first one counts. */
  public void sending() {
    first().sending();
  }

  public long sentAt() {
    return first().sentAt();
  }

  /** When its first 201 was here; {@link Long#MAX_VALUE} while there is none. */
  public long acknowledgedAt() {
    return first().acknowledgedAt();
  }

  public boolean isAcknowledged() {
    return acknowledgedAt() != NEVER;
  }

  /** To be told before every attempt to delete it; the first one counts. */
  public synchronized void deleting() {
    if (deletionSentAt == NEVER) {
      deletionSentAt = System.nanoTime();
    }
  }

  /** An answer said that it is deleted. */
  public synchronized void deleted() {
    deletedAt = Math.min(deletedAt, System.nanoTime());
  }

  public synchronized long deletionSentAt() {
    return deletionSentAt;
  }

  /** When its first 204 was here; {@link Long#MAX_VALUE} while there is none. */
  public synchronized long deletedAt() {
    return deletedAt;
  }

  /** Whether somebody was told that it is deleted. */
  public synchronized boolean isDeleted() {
    return deletedAt != NEVER;
  }

  /** Whether a change of its text was acknowledged. */
  public boolean isEdited() {
    return texts().stream().skip(1).anyMatch(Text::isAcknowledged);
  }

  /** Whether it may be deleted, although nobody may have been told so. */
  public synchronized boolean mayBeDeleted() {
    return deletionSentAt != NEVER;
  }

  /** The id and the rest that it was first seen with. */
  public synchronized Optional<SeenMeow> meow() {
    return Optional.ofNullable(meow);
  }

  /** Keeps what it is seen as the first time, and returns that ever after. */
  synchronized SeenMeow identify(SeenMeow seen) {
    var known = meow;
    if (known == null) {
      meow = seen;
      return seen;
    }
    return known;
  }

  /** Keeps which text a revision has the first time, and returns that ever after. */
  synchronized Text learn(int revision, Text text) {
    var known = byRevision.putIfAbsent(revision, text);
    return known == null ? text : known;
  }

  /** The text that a revision was shown with. */
  public synchronized Optional<Text> textOf(int revision) {
    return Optional.ofNullable(byRevision.get(revision));
  }

  /** The highest revision that was acknowledged before a moment. */
  public int acknowledgedRevision(long before) {
    return texts().stream().mapToInt(text -> text.acknowledged(before)).max().orElse(0);
  }

  private synchronized Text first() {
    return texts.getFirst();
  }

  @Override
  public String toString() {
    return "meow " + number + meow().map(m -> " (" + m.id() + ")").orElse("");
  }
}
