package meower.text;

import java.text.Normalizer;

/**
 * Which letters readers take for the same: what {@link FoldedText} leaves out of a text without
 * compatibility characters, and what it writes in another way.
 *
 * <p>Arabic and Persian as in Lucene's {@code ArabicNormalizer} and {@code PersianNormalizer}, the
 * nukta of Hindi as in its {@code HindiNormalizer}.
 */
final class PlainLetters {

  private static final int VOICED = 0x3099;
  private static final int SEMI_VOICED = 0x309A;
  private static final int ACUTE = 0x0301;
  private static final int BREVE = 0x0306;
  private static final int DIAERESIS = 0x0308;
  private static final int TATWEEL = 0x0640;

  private PlainLetters() {}

  /**
   * Returns where the letter ends that begins somewhere: its code point, and what makes one letter
   * with it, so that it cannot be folded alone.
   */
  static int end(String text, int start) {
    int codePoint = text.codePointAt(start);
    int end = start + Character.charCount(codePoint);
    if (codePoint < 0x1100 && !isCyrillic(codePoint)) {
      return end;
    }
    while (end < text.length()) {
      int next = text.codePointAt(end);
      if (!isJoined(codePoint, next) && !isLeftOut(next)) {
        break;
      }
      end += Character.charCount(next);
    }
    return end;
  }

  private static boolean isJoined(int codePoint, int next) {
    boolean vowelOrFinal = isIn(next, 0x1160, 0x11FF);
    return switch (next) {
      case VOICED, SEMI_VOICED, 0xFF9E, 0xFF9F -> isKana(codePoint);
      default -> vowelOrFinal && isHangul(codePoint);
    };
  }

  private static boolean isCyrillic(int codePoint) {
    return isIn(codePoint, 0x0400, 0x052F);
  }

  private static boolean isKana(int codePoint) {
    return isIn(codePoint, 0x3041, 0x30FF) || isIn(codePoint, 0xFF66, 0xFF9D);
  }

  private static boolean isHangul(int codePoint) {
    return isIn(codePoint, 0x1100, 0x1112) || isIn(codePoint, 0xAC00, 0xD7A3);
  }

  /** Returns what is left of a letter and its marks without what readers leave out. */
  static String plain(String letter) {
    StringBuilder result = new StringBuilder();
    int before = 0;
    String decomposed = Normalizer.normalize(letter, Normalizer.Form.NFKD);
    for (int codePoint : decomposed.codePoints().toArray()) {
      if (isPartOfLetter(before, codePoint)) {
        result.appendCodePoint(codePoint);
      } else if (!isLeftOut(codePoint)) {
        append(result, codePoint);
        before = codePoint;
      }
    }
    return result.toString();
  }

  /** Makes another Cyrillic letter of the one before it, which nobody takes for the plain one. */
  private static boolean isPartOfLetter(int letter, int mark) {
    return switch (letter) {
      case 'и', 'И', 'у', 'У' -> mark == BREVE;
      case 'і', 'І' -> mark == DIAERESIS;
      case 'г', 'Г', 'к', 'К' -> mark == ACUTE;
      default -> false;
    };
  }

  /** Composes again what is one letter to its readers. */
  static String compose(String decomposed) {
    return decomposed.codePoints().anyMatch(PlainLetters::isComposed)
        ? Normalizer.normalize(decomposed, Normalizer.Form.NFC)
        : decomposed;
  }

  private static boolean isComposed(int codePoint) {
    return switch (codePoint) {
      case ACUTE, BREVE, DIAERESIS, VOICED, SEMI_VOICED -> true;
      default -> isIn(codePoint, 0x1100, 0x11FF);
    };
  }

  /** Tells whether a text reads the same without it. */
  private static boolean isLeftOut(int codePoint) {
    if (codePoint == TATWEEL || isUnseen(codePoint)) {
      return true;
    }
    return switch (Character.getType(codePoint)) {
      case Character.ENCLOSING_MARK -> true;
      case Character.NON_SPACING_MARK -> isAccentOrPoint(codePoint);
      default -> isIn(codePoint, 0x1F3FB, 0x1F3FF); // tones of skin
    };
  }

  /** Tells whether it is a format character, selector or filler, which nobody sees. */
  private static boolean isUnseen(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.FORMAT -> true;
      default ->
          isIn(codePoint, 0x180B, 0x180F)
              || codePoint == 0x034F
              || codePoint == 0x115F
              || codePoint == 0x1160
              || codePoint == 0x17B4
              || codePoint == 0x17B5
              || codePoint == 0x3164;
    };
  }

  private static boolean isAccentOrPoint(int codePoint) {
    if (codePoint == VOICED || codePoint == SEMI_VOICED) {
      return false;
    }
    return switch (Character.UnicodeScript.of(codePoint)) {
      case INHERITED, HEBREW, ARABIC, SYRIAC, SAMARITAN, MANDAIC -> true;
      case LATIN, GREEK, CYRILLIC, COPTIC, GLAGOLITIC -> true;
      default -> isNukta(codePoint);
    };
  }

  /** In Hindi and Punjabi it is often left out; in Bengali it makes another letter. */
  private static boolean isNukta(int codePoint) {
    return codePoint == 0x093C || codePoint == 0x0A3C;
  }

  /** Appends a letter of a decomposed text as it is searched. */
  private static void append(StringBuilder result, int codePoint) {
    switch (codePoint) {
      case 'æ', 'Æ' -> result.append("ae");
      case 'œ', 'Œ' -> result.append("oe");
      case 'ø', 'Ø' -> result.append('o');
      case 'đ', 'Đ', 'ð', 'Ð' -> result.append('d');
      case 'ħ', 'Ħ' -> result.append('h');
      case 'ł', 'Ł' -> result.append('l');
      case 'ŧ', 'Ŧ' -> result.append('t');
      case 'þ', 'Þ' -> result.append("th");
      case '\u2018', '\u2019', '\u02BB', '\u02BC' -> result.append('\'');
      case '\u0649', '\u06CC', '\u06D2' -> result.append('\u064A'); // ya
      case '\u06A9' -> result.append('\u0643'); // kaf
      case '\u0629', '\u06D5', '\u06C1' -> result.append('\u0647'); // ha
      case '\u0671' -> result.append('\u0627'); // alif
      default -> appendDigitOrOther(result, codePoint);
    }
  }

  /** Digits of every script are those of ASCII. */
  private static void appendDigitOrOther(StringBuilder result, int codePoint) {
    if (Character.getType(codePoint) == Character.DECIMAL_DIGIT_NUMBER) {
      result.append((char) ('0' + Character.digit(codePoint, 10)));
    } else {
      result.appendCodePoint(Character.isISOControl(codePoint) ? ' ' : codePoint);
    }
  }

  private static boolean isIn(int codePoint, int first, int last) {
    return codePoint >= first && codePoint <= last;
  }
}
