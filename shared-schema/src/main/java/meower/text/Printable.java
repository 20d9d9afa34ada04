package meower.text;

import java.util.regex.Pattern;

/**
 * A text that somebody else wrote, as it may stand on a terminal or in a log: what would steer
 * either, or cannot be seen, is shown by its number, in hexadecimal digits: {@code u{9B}} behind a
 * backslash.
 *
 * <p>These are the characters of the category Other ({@code \p{C}}: controls of both kinds, what
 * turns the direction of writing, halves of characters, what means nothing yet) and the two that
 * break a line or a paragraph. A joiner between two emoji is left: with them it is one that is
 * seen, a family for example.
 */
public final class Printable {

  private static final int JOINER = 0x200D;
  private static final int AS_EMOJI = 0xFE0F;

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\u2028\\u2029]");
  private static final Pattern UNPRINTABLE_IN_LINES =
      Pattern.compile("[\\p{C}\\u2028\\u2029&&[^\\n]]");

  private Printable() {}

  /** Returns one line, however many the text has. */
  public static String line(String text) {
    return escaped(text, UNPRINTABLE);
  }

  /** Returns as many lines as the text has, where whoever prints it has broken it into lines. */
  public static String lines(String text) {
    return escaped(text, UNPRINTABLE_IN_LINES);
  }

  private static String escaped(String text, Pattern unprintable) {
    return unprintable
        .matcher(text)
        .replaceAll(found ->
            joinsEmoji(text, found.start())
                ? found.group()
                : "\\\\u{%X}".formatted(found.group().codePointAt(0)));
  }

  private static boolean joinsEmoji(String text, int at) {
    return text.charAt(at) == JOINER
        && at + 1 < text.length()
        && isEmoji(text.codePointAt(at + 1))
        && endsWithEmoji(text, at);
  }

  /** One may say behind it that it is to be shown as an emoji, or of which skin it is. */
  private static boolean endsWithEmoji(String text, int end) {
    if (end == 0) {
      return false;
    }
    int last = text.codePointBefore(end);
    int start = end - Character.charCount(last);
    return isEmoji(last)
        || (start > 0
            && (last == AS_EMOJI || Character.isEmojiModifier(last))
            && isEmoji(text.codePointBefore(start)));
  }

  /** Digits are emoji, too, and no pictures; some pictures mean nothing yet, and are no emoji. */
  private static boolean isEmoji(int character) {
    return Character.isEmoji(character) && Character.isExtendedPictographic(character);
  }
}
