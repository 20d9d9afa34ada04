package meower.operations.audit;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import meower.operations.connection.Terminal;

/** Prints what is not as it has to be, and counts it. */
final class Findings {

  /** Something that is not as it has to be; its text is one line. */
  interface Finding {

    Kind kind();
  }

  /** What is wrong. */
  enum Kind {
    /** It is not there. */
    MISSING,
    /** It should not be there. */
    UNEXPECTED,
    /** It is at its place with another content. */
    CHANGED,
    /** It is there, at the wrong place. */
    MISPLACED,
    /** All of it is not where it should be yet. */
    BEHIND
  }

  private static final int MOST_LINES = 1_000;

  private final Terminal out;
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private long differences;
  private long parked;

  Findings(Terminal out) {
    this.out = out;
  }

  void add(Finding finding) {
    counts.merge(finding.kind(), 1L, Long::sum);
    differences++;
    if (differences <= MOST_LINES) {
      out.say(finding.toString());
    } else if (differences == MOST_LINES + 1) {
      out.say("… and more");
    }
  }

  /** An event is not in the index because it is a dead letter. */
  void addParked(Entry entry) {
    parked++;
    if (parked <= MOST_LINES) {
      out.say("parked     index    id=%s sequence=%d".formatted(entry.id(), entry.sequence()));
    }
  }

  boolean isClean() {
    return differences == 0;
  }

  @Override
  public String toString() {
    String kinds = counts.isEmpty() ? "" : " " + counts.toString().toLowerCase(Locale.ROOT);
    return "%,d differences%s, %,d parked".formatted(differences, kinds, parked);
  }
}
