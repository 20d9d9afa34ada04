package meower.e2e.chaos.program.history;

import java.util.ArrayList;
import java.util.List;

/**
 * Messages that one call brings into a queue, repeated with its key until it is answered. Safe for
 * use by several threads.
 */
public final class Publication {

  /** When something has not happened. */
  public static final long NEVER = Long.MAX_VALUE;

  private final List<String> bodies;
  private final String key;
  private final List<List<String>> answers = new ArrayList<>();
  private long sentAt = NEVER;
  private long answeredAt = NEVER;

  /**
   * @param bodies each different from all others of the run
   */
  public Publication(List<String> bodies, String key) {
    this.bodies = List.copyOf(bodies);
    this.key = key;
  }

  public List<String> bodies() {
    return bodies;
  }

  public String key() {
    return key;
  }

  /** To be told before every attempt, in {@link System#nanoTime()}; the first one counts. */
  public synchronized void sending(long at) {
    sentAt = Math.min(sentAt, at);
  }

  /** An answer 201 came with these ids. */
  public synchronized void published(List<String> ids, long at) {
    answeredAt = Math.min(answeredAt, at);
    answers.add(List.copyOf(ids));
  }

  public synchronized long sentAt() {
    return sentAt;
  }

  /** Whether somebody was told that it is on disk. */
  public synchronized boolean isPublished() {
    return answeredAt != NEVER;
  }

  /** The ids of every 201 that came; all have to be the same. */
  public synchronized List<List<String>> answers() {
    return List.copyOf(answers);
  }

  @Override
  public String toString() {
    return "\"" + bodies.getFirst() + "\"" + (bodies.size() > 1 ? " and others" : "");
  }
}
