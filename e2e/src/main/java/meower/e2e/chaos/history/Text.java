package meower.e2e.chaos.history;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One text of a life, different from all others: what it was posted with, or an edit. Safe for use
 * by several threads.
 */
public final class Text {

  private final Post post;
  private final String body;
  private final String word;
  private final boolean foreign;
  private final Set<Integer> revisions = new TreeSet<>();
  private final NavigableMap<Integer, Long> acknowledged = new TreeMap<>();
  private long sentAt = Post.NEVER;
  private long refusedAt = Post.NEVER;
  private int attempts;

  /**
   * @param word stands in no other text, and nobody searches for it
   * @param foreign whether somebody sends it who may not
   */
  Text(Post post, String body, String word, boolean foreign) {
    this.post = post;
    this.body = body;
    this.word = word;
    this.foreign = foreign;
  }

  public Post post() {
    return post;
  }

  public String body() {
    return body;
  }

  public String word() {
    return word;
  }

  /** Whether whoever has posted it wanted to change it to this. */
  public boolean isEdit() {
    return !foreign && post.texts().getFirst() != this;
  }

  boolean isForeign() {
    return foreign;
  }

  /** To be told before every attempt; the first one counts. */
  public synchronized void sending() {
    attempts++;
    if (sentAt == Post.NEVER) {
      sentAt = System.nanoTime();
    }
  }

  public synchronized long sentAt() {
    return sentAt;
  }

  public synchronized boolean isSent() {
    return sentAt != Post.NEVER;
  }

  /** When its first answer was here; {@link Long#MAX_VALUE} while there is none. */
  public synchronized long acknowledgedAt() {
    return acknowledged.values().stream().mapToLong(Long::longValue).min().orElse(Post.NEVER);
  }

  synchronized boolean isAcknowledged() {
    return !acknowledged.isEmpty();
  }

  /** An answer said that it cannot be taken. */
  public synchronized void refused() {
    refusedAt = System.nanoTime();
  }

  /** When it was refused, if that was the answer to the only attempt. */
  public synchronized Optional<Long> refusedAtOnce() {
    return attempts == 1 && refusedAt != Post.NEVER ? Optional.of(refusedAt) : Optional.empty();
  }

  synchronized void acknowledge(long at, int revision) {
    acknowledged.merge(revision, at, Math::min);
  }

  /** The highest revision that it was acknowledged with before a moment; 0 if there is none. */
  synchronized int acknowledged(long before) {
    return acknowledged.entrySet().stream()
        .filter(entry -> entry.getValue() < before)
        .mapToInt(Map.Entry::getKey)
        .max()
        .orElse(0);
  }

  public synchronized boolean isRepeated() {
    return attempts > 1;
  }

  synchronized void seenAs(int revision) {
    revisions.add(revision);
  }

  /** All revisions that somebody was shown it as. */
  public synchronized Set<Integer> revisions() {
    return Set.copyOf(revisions);
  }

  @Override
  public String toString() {
    return post + " as \"" + word + "\"";
  }
}
