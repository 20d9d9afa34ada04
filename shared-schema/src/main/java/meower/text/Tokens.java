package meower.text;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Takes a folded text apart into what a search can find, the same way for what is searched and for
 * what is searched for.
 *
 * <p>Words are cut finer than UAX #29 does, at each sign: {@code l'avocat}, {@code node.js} and
 * {@code cats.html} are two each, which stand next to each other. So parts are found, and the whole
 * is a phrase. Scripts that are written without spaces are cut into pairs of neighbours, as
 * Lucene's {@code CJKBigramFilter} does it, and Korean too, whose words carry their particles: any
 * piece of such a text is a phrase of it, without a dictionary.
 */
public final class Tokens {

  private static final Set<UnicodeScript> DENSE =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.HANGUL,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR,
          UnicodeScript.TIBETAN,
          UnicodeScript.JAVANESE,
          UnicodeScript.BALINESE,
          UnicodeScript.YI,
          UnicodeScript.TAI_LE,
          UnicodeScript.NEW_TAI_LUE,
          UnicodeScript.TAI_THAM);

  private static final int PROLONGED = 0x30FC;

  private enum Nature {
    LETTER,
    DENSE,
    MARK,
    PICTURE,
    FLAG,
    OTHER
  }

  private final String text;
  private final List<Token> tokens = new ArrayList<>();

  private Tokens(String text) {
    this.text = text;
  }

  /**
   * Returns the tokens of a folded text, in their order.
   *
   * @param text the {@link FoldedText#text}
   */
  public static List<Token> of(String text) {
    Tokens tokens = new Tokens(text);
    int position = 0;
    while (position < text.length()) {
      position = tokens.take(position);
    }
    return tokens.tokens;
  }

  /** Takes what begins at a position, and returns where the next begins. */
  private int take(int start) {
    int codePoint = text.codePointAt(start);
    int next = start + Character.charCount(codePoint);
    switch (nature(codePoint)) {
      case LETTER -> {
        int end = run(next, Nature.LETTER);
        tokens.add(new Token(Token.Kind.WORD, text.substring(start, end), start));
        return end;
      }
      case DENSE -> {
        int end = run(next, Nature.DENSE);
        addPairs(start, end);
        return end;
      }
      case PICTURE -> tokens.add(new Token(Token.Kind.PICTURE, text.substring(start, next), start));
      case FLAG -> {
        int end = next < text.length() && isFlag(text.codePointAt(next)) ? next + 2 : next;
        tokens.add(new Token(Token.Kind.PICTURE, text.substring(start, end), start));
        return end;
      }
      default -> {}
    }
    return next;
  }

  /** Marks belong to what they stand behind. */
  private int run(int from, Nature wanted) {
    int end = from;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      Nature nature = nature(codePoint);
      if (nature != wanted && nature != Nature.MARK) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return end;
  }

  private void addPairs(int start, int end) {
    int first = start;
    int second = text.offsetByCodePoints(first, 1);
    while (second < end) {
      int third = text.offsetByCodePoints(second, 1);
      tokens.add(new Token(Token.Kind.PAIR, text.substring(first, third), first));
      first = second;
      second = third;
    }
    tokens.add(new Token(Token.Kind.SINGLE, text.substring(first, end), first));
  }

  private static Nature nature(int codePoint) {
    if (codePoint < 0x80) {
      return isAsciiWord(codePoint) ? Nature.LETTER : Nature.OTHER;
    }
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          isDense(codePoint) ? Nature.DENSE : Nature.MARK;
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.LETTER_NUMBER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.OTHER_NUMBER ->
          isDense(codePoint) ? Nature.DENSE : Nature.LETTER;
      default -> natureOfSign(codePoint);
    };
  }

  private static Nature natureOfSign(int codePoint) {
    if (isFlag(codePoint)) {
      return Nature.FLAG;
    }
    return Character.isEmojiPresentation(codePoint) || Character.isExtendedPictographic(codePoint)
        ? Nature.PICTURE
        : Nature.OTHER;
  }

  private static boolean isAsciiWord(int c) {
    return isIn(c, 'a', 'z') || isIn(c, '0', '9') || isIn(c, 'A', 'Z');
  }

  private static boolean isDense(int codePoint) {
    return codePoint == PROLONGED
        || (codePoint >= 0x0E00 && DENSE.contains(UnicodeScript.of(codePoint)));
  }

  private static boolean isFlag(int codePoint) {
    return isIn(codePoint, 0x1F1E6, 0x1F1FF);
  }

  private static boolean isIn(int codePoint, int first, int last) {
    return codePoint >= first && codePoint <= last;
  }
}
