package meower.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that is written with signs and known by them, like {@code C++}, {@code .net}, {@code
 * node.js} or {@code @somebody}; what its {@link Token}s alone do not tell from others.
 *
 * <p>What has signs inside and no digit is also known without them: {@code don't} as {@code dont},
 * {@code wi-fi} as {@code wifi}. With a digit it would be another number.
 *
 * @param text folded
 * @param start where it begins in the folded text, in UTF-16 code units
 * @param end where it ends there
 */
public record Name(String text, int start, int end) {

  private static final String IN_FRONT = ".@$";
  private static final String BEHIND = "+#*";

  /** What stands between names, and never inside of one. */
  private static final String BETWEEN = "/,;:!?()[]{}<>|\"\\=«»“”„‹›…";

  private static final int LONGEST = 60;
  private static final int ASCII = 0x80;

  /**
   * Returns the names in a folded text, in their order.
   *
   * @param folded the {@link FoldedText#text}
   */
  public static List<Name> in(String folded) {
    List<Name> names = new ArrayList<>();
    int start = 0;
    while (start < folded.length()) {
      int end = start;
      while (end < folded.length() && !isBetween(folded.charAt(end))) {
        end++;
      }
      add(names, folded, start, end);
      start = end + 1;
    }
    return names;
  }

  private static void add(List<Name> names, String folded, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && !isWord(folded.charAt(start)) && !isInFront(folded, start, end)) {
      start++;
    }
    while (end > start && !isWord(folded.charAt(end - 1)) && !isBehind(folded, start, end)) {
      end--;
    }
    if (end - start > LONGEST || isPlain(folded, start, end)) {
      return;
    }
    String text = folded.substring(start, end);
    String plain = withoutSigns(text);
    if (plain.isEmpty()) {
      return;
    }
    names.add(new Name(text, start, end));
    if (isInside(text) && plain.chars().noneMatch(c -> c >= '0' && c <= '9')) {
      names.add(new Name(plain, start, end));
    }
  }

  private static boolean isInside(String text) {
    return isWord(text.charAt(0)) && isWord(text.charAt(text.length() - 1));
  }

  private static String withoutSigns(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (isWord(text.charAt(i))) {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }

  /** Most of what stands between spaces is a word and no more. */
  private static boolean isPlain(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!isWord(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isInFront(String text, int at, int end) {
    return IN_FRONT.indexOf(text.charAt(at)) >= 0 && at + 1 < end && isWord(text.charAt(at + 1));
  }

  /** Several are one: {@code C++}. */
  private static boolean isBehind(String text, int start, int end) {
    int at = end - 1;
    while (at > start && BEHIND.indexOf(text.charAt(at)) >= 0) {
      at--;
    }
    return at < end - 1 && isWord(text.charAt(at));
  }

  /** Halves of what UTF-16 takes two units for are letters here: they are signs of nothing. */
  private static boolean isWord(char c) {
    if (c < ASCII) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    }
    return Character.isLetterOrDigit(c)
        || Character.isSurrogate(c)
        || Character.getType(c) == Character.NON_SPACING_MARK
        || Character.getType(c) == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isBetween(char c) {
    if (c < ASCII) {
      return c <= ' ' || BETWEEN.indexOf(c) >= 0;
    }
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || BETWEEN.indexOf(c) >= 0;
  }
}
