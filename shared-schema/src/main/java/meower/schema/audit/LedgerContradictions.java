package meower.schema.audit;

import java.util.List;

/**
 * A part of the events that contradict something else in Postgres.
 *
 * @param upTo up to which {@code seq} it reaches
 */
public record LedgerContradictions(List<Contradiction> found, long upTo) {

  public LedgerContradictions {
    found = List.copyOf(found);
  }

  /**
   * One of them.
   *
   * @param event its {@code seq}
   * @param id of its meow
   */
  public record Contradiction(long event, String id, int revision, Problem problem) {}

  /** What contradicts what. */
  public enum Problem {
    /** It is neither published nor in the outbox. */
    LOST,
    /** It is published and in the outbox. */
    WAITS_ALTHOUGH_PUBLISHED,
    /** It is more than once in the outbox. */
    WAITS_TWICE,
    /** There is no revision before it. */
    GAP,
    /** A meow begins with its creation, and with nothing else. */
    NO_BEGINNING,
    /** It comes after the deletion of its meow. */
    AFTER_DELETION,
    /** It has a text although its meow is deleted. */
    TEXT_LEFT,
    /** It has no text although its meow is not deleted. */
    TEXT_LOST
  }
}
