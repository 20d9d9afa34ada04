package meower.schema;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names an event: which of the things that happened to a meow it is.
 *
 * <p>Its text form is the id under which the stream recognises a repeated message: {@code <id>} for
 * the creation, as it always was, and {@code <id>.<revision>} for what came later.
 *
 * @param revision 1 is the creation, each later event has the next number
 */
public record EventKey(MeowId id, int revision) {

  /** The revision of the creation. */
  public static final int CREATION = 1;

  private static final Pattern TEXT = Pattern.compile("([0-9A-Za-z]{27})(?:\\.([1-9][0-9]{0,4}))?");

  /**
   * @throws IllegalArgumentException if the revision is not 1 or more
   */
  public EventKey {
    if (revision < CREATION) {
      throw new IllegalArgumentException("a revision is 1 or more");
    }
  }

  /** Reads the text form; empty when it is not one. */
  public static Optional<EventKey> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches() || !MeowId.isKsuid(matcher.group(1))) {
      return Optional.empty();
    }
    String revision = matcher.group(2);
    return Optional.of(
        new EventKey(
            new MeowId(matcher.group(1)),
            revision == null ? CREATION : Integer.parseInt(revision)));
  }

  /** Returns the text form. */
  @Override
  public String toString() {
    return revision == CREATION ? id.value() : id.value() + "." + revision;
  }
}
