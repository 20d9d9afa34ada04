package meower.operations.audit;

import java.util.Locale;
import meower.operations.audit.Findings.Kind;
import meower.schema.EventKey;
import meower.schema.audit.LedgerContradictions.Contradiction;
import meower.schema.audit.LedgerContradictions.Problem;

/** An event of Postgres that contradicts something else in Postgres. */
record Inconsistency(Contradiction contradiction) implements Findings.Finding {

  @Override
  public Kind kind() {
    return switch (contradiction.problem()) {
      case LOST -> Kind.MISSING;
      case WAITS_ALTHOUGH_PUBLISHED, WAITS_TWICE, AFTER_DELETION -> Kind.UNEXPECTED;
      case GAP, NO_BEGINNING, TEXT_LEFT, TEXT_LOST -> Kind.CHANGED;
    };
  }

  /** Returns one line of text. */
  @Override
  public String toString() {
    int revision = contradiction.revision();
    return "%-10s postgres id=%s%s %s"
        .formatted(
            kind().name().toLowerCase(Locale.ROOT),
            contradiction.id(),
            revision == EventKey.CREATION ? "" : " revision=" + revision,
            words(contradiction.problem()));
  }

  private static String words(Problem problem) {
    return switch (problem) {
      case LOST -> "neither published nor in the outbox";
      case WAITS_ALTHOUGH_PUBLISHED -> "published and in the outbox";
      case WAITS_TWICE -> "more than once in the outbox";
      case GAP -> "there is no revision before it";
      case NO_BEGINNING -> "a meow begins with its creation, and with nothing else";
      case AFTER_DELETION -> "comes after the deletion of its meow";
      case TEXT_LEFT -> "has a text although its meow is deleted";
      case TEXT_LOST -> "has no text although its meow is not deleted";
    };
  }
}
