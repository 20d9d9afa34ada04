package meower.text;

import java.util.Arrays;
import java.util.Locale;

/**
 * A text as it is searched: without accents, points, case and width, and with the way back to the
 * original.
 *
 * <p>The index holds the folded text and every query is folded the same way, so that {@code Cafe}
 * finds {@code café}. What one reads as one letter is folded by itself: that is what makes the way
 * back exact, however many characters it becomes ({@code ﬁ} two, {@code ß} two, a combining accent
 * none).
 *
 * <p>Folding is NFKD, accents dropped, full case folding, {@link PlainLetters}, and what is one
 * letter to its readers composed again: syllables of Korean, voiced kana, й and ї. What nobody sees
 * is dropped (soft hyphens, joiners, selectors), and so are the points that readers leave out, of
 * Hebrew and Arabic say. Vowel signs of Hindi or Thai are letters to theirs. Control characters
 * become spaces.
 */
public final class FoldedText {

  private static final int LARGEST_EXPANSION = 18;
  private static final int ASCII = 0x80;

  private final StringBuilder text = new StringBuilder();
  private int[] starts;
  private int[] ends;

  private FoldedText(int length) {
    starts = new int[length];
    ends = new int[length];
  }

  /** Folds a text; every text can be folded. */
  public static FoldedText of(String original) {
    FoldedText folded = new FoldedText(original.length() + LARGEST_EXPANSION);
    int end;
    for (int start = 0; start < original.length(); start = end) {
      end = PlainLetters.end(original, start);
      char first = original.charAt(start);
      if (first < ASCII && end == start + 1) {
        folded.append(foldAscii(first), start);
      } else {
        folded.append(fold(original.substring(start, end)), start, end);
      }
    }
    return folded;
  }

  /** Returns the folded text. */
  public String text() {
    return text.toString();
  }

  /**
   * Returns where in the original a part of the folded text comes from, whole code points.
   *
   * @param start offset in the folded text, in UTF-16 code units
   * @param end offset behind the part, larger than {@code start}
   * @throws IndexOutOfBoundsException if the part is not inside the folded text
   */
  public TextRange original(int start, int end) {
    if (start < 0 || start >= end || end > text.length()) {
      throw new IndexOutOfBoundsException("no such part of the folded text");
    }
    return new TextRange(starts[start], ends[end - 1]);
  }

  private void append(char folded, int start) {
    int at = text.length();
    text.append(folded);
    growToLength();
    starts[at] = start;
    ends[at] = start + 1;
  }

  private void append(String folded, int start, int end) {
    if (folded.isEmpty()) {
      stretchLastTo(end);
      return;
    }
    int from = text.length();
    text.append(folded);
    growToLength();
    Arrays.fill(starts, from, text.length(), start);
    Arrays.fill(ends, from, text.length(), end);
  }

  private void growToLength() {
    if (text.length() > starts.length) {
      starts = Arrays.copyOf(starts, text.length() * 2);
      ends = Arrays.copyOf(ends, text.length() * 2);
    }
  }

  /** A dropped accent belongs to the character before it. */
  private void stretchLastTo(int end) {
    int last = text.length() - 1;
    for (int i = last; i >= 0 && starts[i] == starts[last]; i--) {
      ends[i] = end;
    }
  }

  private static char foldAscii(char c) {
    if (Character.isISOControl(c)) {
      return ' ';
    }
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }

  private static String fold(String letter) {
    if (letter.length() == 1 && Character.isSurrogate(letter.charAt(0))) {
      return "\uFFFD";
    }
    String plain = PlainLetters.plain(letter);
    String cased = plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return PlainLetters.compose(PlainLetters.plain(cased));
  }
}
