package meower.command.meow;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * The text of a meow as it is stored: NFC, trimmed, 1–140 code points, line breaks as {@code \n}.
 *
 * @param text what everybody will see, unescaped
 */
record MeowBody(String text) {

  static final int MAX_CODE_POINTS = 140;

  /** The same characters as {@code String.prototype.trim} of the page. */
  private static final Pattern MARGIN =
      Pattern.compile("^[\\s\\p{Z}\\x{FEFF}]+|[\\s\\p{Z}\\x{FEFF}]+$");

  private static final Pattern LINE_BREAK = Pattern.compile("\\r\\n?");

  /**
   * @throws InvalidBodyException if the text is not in the form in which it is stored
   */
  MeowBody {
    if (text.codePoints().allMatch(MeowBody::isInvisible)) {
      throw new InvalidBodyException("blank", "Write something: the meow is empty.");
    }
    int length = text.codePointCount(0, text.length());
    if (length > MAX_CODE_POINTS) {
      throw new InvalidBodyException(
          "too-long",
          "A meow has at most %d characters, this one has %d: shorten it by %d."
              .formatted(MAX_CODE_POINTS, length, length - MAX_CODE_POINTS));
    }
    if (text.codePoints().anyMatch(MeowBody::isForbidden)) {
      throw new InvalidBodyException(
          "forbidden-character",
          "Remove control characters: of these only line breaks are allowed in a meow.");
    }
  }

  /**
   * Makes a body of what somebody typed.
   *
   * @throws InvalidBodyException if it is blank, too long or has forbidden characters
   */
  static MeowBody of(String typed) {
    String oneKindOfBreak = LINE_BREAK.matcher(typed).replaceAll("\n");
    String trimmed = MARGIN.matcher(oneKindOfBreak).replaceAll("");
    return new MeowBody(Normalizer.normalize(trimmed, Normalizer.Form.NFC));
  }

  private static boolean isInvisible(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || Character.getType(codePoint) == Character.FORMAT;
  }

  private static boolean isForbidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL -> codePoint != '\n';
      case Character.SURROGATE -> true;
      default -> false;
    };
  }
}
