package meower.operations.audit;

import java.util.Locale;
import meower.operations.audit.Findings.Kind;
import meower.schema.EventKey;
import meower.schema.MeowEvent;
import org.jspecify.annotations.Nullable;

/**
 * Something in a copy that is not as Postgres says.
 *
 * @param where in which copy
 * @param expected what should be there
 * @param found what is there
 * @param detail more for the operator, empty when the kind says all
 */
record Difference(
    Where where, Kind kind, @Nullable Entry expected, @Nullable Found found, String detail)
    implements Findings.Finding {

  /** A copy of what Postgres has. */
  enum Where {
    STREAM,
    INDEX
  }

  /** About a copy as a whole. */
  static Difference behind(Where where, String detail) {
    return new Difference(where, Kind.BEHIND, null, null, detail);
  }

  /** The text of a deleted meow is shown to nobody. */
  Difference ofDeletedMeow() {
    return new Difference(where, kind, expected, found, "its meow is deleted");
  }

  /** Returns which meow it is about, empty if about none. */
  String id() {
    return expected != null ? expected.id() : found == null ? "" : found.id();
  }

  /** Returns one line of text. */
  @Override
  public String toString() {
    StringBuilder line =
        new StringBuilder("%-10s %-8s".formatted(kind, where).toLowerCase(Locale.ROOT));
    if (!id().isEmpty()) {
      line.append(" id=").append(id()).append(revision()).append(" sequence=").append(place());
    }
    if (kind == Kind.MISPLACED && found != null) {
      line.append(" at=").append(found.place());
    }
    if (kind == Kind.UNEXPECTED && found != null && detail.isEmpty()) {
      line.append(" body=").append(quoted(found.text()));
    }
    return detail.isEmpty() ? line.toString() : line.append(' ').append(detail).toString();
  }

  private String revision() {
    MeowEvent event =
        expected != null
            ? expected.event()
            : found != null && found.entry() != null ? found.entry().event() : null;
    return event == null || event.revision() == EventKey.CREATION
        ? ""
        : " revision=" + event.revision();
  }

  private long place() {
    return expected != null ? expected.place() : found == null ? 0 : found.place();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\\\"") + '"';
  }
}
