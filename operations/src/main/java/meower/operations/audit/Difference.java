package meower.operations.audit;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not as Postgres says.
 *
 * @param where {@code stream}, {@code index} or {@code postgres}
 * @param expected what should be there
 * @param found what is there
 * @param detail more for the operator, empty when the kind says all
 */
record Difference(
    String where, Kind kind, @Nullable Entry expected, @Nullable Found found, String detail) {

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

  /** About a copy as a whole. */
  static Difference behind(String where, String detail) {
    return new Difference(where, Kind.BEHIND, null, null, detail);
  }

  /** Returns one line of text. */
  @Override
  public String toString() {
    StringBuilder line =
        new StringBuilder("%-10s %-8s".formatted(kind.name().toLowerCase(Locale.ROOT), where));
    Entry entry = expected != null ? expected : found == null ? null : found.entry();
    if (entry != null) {
      line.append(" id=").append(entry.id()).append(" sequence=").append(entry.sequence());
    }
    if (kind == Kind.MISPLACED && found != null) {
      line.append(" at=").append(found.entry().sequence());
    }
    if (kind == Kind.UNEXPECTED && found != null) {
      line.append(" body=").append(quoted(found.entry().body()));
    }
    return detail.isEmpty() ? line.toString() : line.append(' ').append(detail).toString();
  }

  private static String quoted(String text) {
    return '"' + text.replaceAll("\\p{Cntrl}", " ").replace("\"", "\\\"") + '"';
  }
}
