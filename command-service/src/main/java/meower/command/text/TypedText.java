package meower.command.text;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * What somebody typed, and wants to be a meow: NFC, trimmed, line breaks as {@code \n}, tabs as
 * spaces.
 *
 * <p>{@code shared-schema/src/test/resources/meower/text/bodies.json} has the cases in which the
 * page has to agree.
 *
 * @param text as it would be stored
 */
public record TypedText(String text) {

  static final int MAX_CODE_POINTS = 140;
  static final int MAX_LINE_BREAKS = 8;

  /** The same characters as {@code String.prototype.trim} of the page. */
  private static final Pattern MARGIN =
      Pattern.compile("^[\\s\\p{Z}\\x{FEFF}]+|[\\s\\p{Z}\\x{FEFF}]+$");

  private static final Pattern LINE_BREAK = Pattern.compile("\\r\\n?");

  /**
   * More marks than any writing has: those that belong to no script come three at a time, the
   * points and accents of a script four. What joins them is no letter between.
   */
  private static final Pattern MANY_MARKS =
      Pattern.compile(
          "((?=[\\p{Mn}\\p{Me}])\\p{IsInherited}\\p{Cf}*){4,}|([\\p{Mn}\\p{Me}]\\p{Cf}*){5,}");

  /** Makes of it what would be stored. */
  public static TypedText of(String typed) {
    String oneKindOfBreak = LINE_BREAK.matcher(typed).replaceAll("\n").replace('\t', ' ');
    String trimmed = MARGIN.matcher(oneKindOfBreak).replaceAll("");
    return new TypedText(Normalizer.normalize(trimmed, Normalizer.Form.NFC));
  }

  /**
   * Returns the body of the meow that it becomes.
   *
   * @throws InvalidBodyException if it is blank or too long, or has too many lines, a forbidden or
   *     a hidden character, or too many marks; with several faults the first of these
   */
  public MeowBody accepted() {
    MeowBody body = stored();
    HiddenText.firstIn(text)
        .ifPresent(hidden -> {
          throw new InvalidBodyException(
              "hidden-character",
              "Remove the invisible character U+%04X: it hides text or turns it around."
                  .formatted(hidden));
        });
    if (MANY_MARKS.matcher(text).find()) {
      throw new InvalidBodyException(
          "too-many-marks", "Remove some marks: a letter has at most 3 above and below it.");
    }
    return body;
  }

  /** What is stored already may be older than the rules of how text has to look. */
  private MeowBody stored() {
    if (!VisibleText.isVisible(text)) {
      throw new InvalidBodyException("blank", "Write something: the meow is empty.");
    }
    requireFewCharacters();
    requireFewLines();
    if (text.codePoints().anyMatch(TypedText::isForbidden)) {
      throw new InvalidBodyException(
          "forbidden-character",
          "Remove control characters, and those that mean nothing to others: of the former only"
              + " line breaks are allowed in a meow, of the latter none.");
    }
    return new MeowBody(text);
  }

  /** Tells whether the body is what would be stored, whatever the rules say of it by now. */
  public boolean becomes(MeowBody body) {
    return text.equals(body.text());
  }

  /** Tells whether a meow may have exactly this text, perhaps one of former rules. */
  static boolean isAllowed(String body) {
    TypedText typed = of(body);
    try {
      return typed.stored().text().equals(body);
    } catch (InvalidBodyException e) {
      return false;
    }
  }

  private void requireFewCharacters() {
    int length = text.codePointCount(0, text.length());
    if (length > MAX_CODE_POINTS) {
      throw new InvalidBodyException(
          "too-long",
          "A meow has at most %d characters, this one has %d: shorten it by %d."
              .formatted(MAX_CODE_POINTS, length, length - MAX_CODE_POINTS));
    }
  }

  private void requireFewLines() {
    long breaks = text.chars().filter(c -> c == '\n').count();
    if (breaks > MAX_LINE_BREAKS) {
      throw new InvalidBodyException(
          "too-many-lines",
          "A meow has at most %d line breaks, this one has %d: remove %d of them."
              .formatted(MAX_LINE_BREAKS, breaks, breaks - MAX_LINE_BREAKS));
    }
  }

  private static boolean isForbidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL -> codePoint != '\n';
      case Character.SURROGATE, Character.PRIVATE_USE -> true;
      case Character.UNASSIGNED -> isNoncharacter(codePoint);
      default -> false;
    };
  }

  private static boolean isNoncharacter(int codePoint) {
    return (codePoint & 0xFFFE) == 0xFFFE || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
  }
}
