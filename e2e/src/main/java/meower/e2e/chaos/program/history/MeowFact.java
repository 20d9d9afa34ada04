package meower.e2e.chaos.program.history;

import java.util.Map;

/**
 * What the run knows of a meow of its own, when all is over.
 *
 * @param revision the highest one that was acknowledged; at least 1
 * @param deletion what is known of its deletion
 * @param topics of each revision that is known, whether its text has the topic
 * @param sentAt when it was posted, in {@link System#nanoTime()}
 */
public record MeowFact(
    String id, int revision, Deletion deletion, Map<Integer, Boolean> topics, long sentAt) {

  /** Whether somebody has deleted it. */
  public enum Deletion {
    /** Nobody wanted to. */
    NONE,
    /** Somebody did, and does not know what became of that. */
    ASKED,
    /** It was acknowledged. */
    DONE
  }

  public MeowFact {
    topics = Map.copyOf(topics);
  }
}
