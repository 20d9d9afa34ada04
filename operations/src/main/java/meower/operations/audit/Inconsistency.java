package meower.operations.audit;

import java.util.Locale;
import meower.schema.EventKey;

/**
 * An event of Postgres that contradicts something else in Postgres.
 *
 * @param event its {@code seq}
 * @param id of its meow
 */
record Inconsistency(long event, String id, int revision, Problem problem) implements Finding {

  /** What contradicts what. */
  enum Problem {
    LOST(Kind.MISSING, "neither published nor in the outbox"),
    WAITS_ALTHOUGH_PUBLISHED(Kind.UNEXPECTED, "published and in the outbox"),
    WAITS_TWICE(Kind.UNEXPECTED, "more than once in the outbox"),
    GAP(Kind.CHANGED, "there is no revision before it"),
    NO_BEGINNING(Kind.CHANGED, "a meow begins with its creation, and with nothing else"),
    AFTER_DELETION(Kind.UNEXPECTED, "comes after the deletion of its meow"),
    TEXT_LEFT(Kind.CHANGED, "has a text although its meow is deleted"),
    TEXT_LOST(Kind.CHANGED, "has no text although its meow is not deleted");

    private final Kind kind;
    private final String words;

    Problem(Kind kind, String words) {
      this.kind = kind;
      this.words = words;
    }
  }

  @Override
  public Kind kind() {
    return problem.kind;
  }

  /** Returns one line of text. */
  @Override
  public String toString() {
    return "%-10s postgres id=%s%s %s"
        .formatted(
            kind().name().toLowerCase(Locale.ROOT),
            id,
            revision == EventKey.CREATION ? "" : " revision=" + revision,
            problem.words);
  }
}
