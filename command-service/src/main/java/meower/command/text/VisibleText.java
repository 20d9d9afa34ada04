package meower.command.text;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Which text shows anything at all. */
final class VisibleText {

  /**
   * First and last of the code points that no renderer shows though they are of a category that is
   * shown. With the format characters, the marks and the white space they are the property {@code
   * Default_Ignorable_Code_Point} of {@code DerivedCoreProperties.txt} in Unicode 16.0, the version
   * of Java 25, which does not have it.
   */
  private static final NavigableMap<Integer, Integer> IGNORED =
      new TreeMap<>(
          Map.of(
              0x115F, 0x1160, // Hangul fillers
              0x2065, 0x2065,
              0x3164, 0x3164, // Hangul filler
              0xFFA0, 0xFFA0, // half-width Hangul filler
              0xFFF0, 0xFFF8,
              0xE0000, 0xE0FFF)); // tags, variation selectors, and what will be like them

  /** The Braille pattern without dots: a symbol, and nothing to see. */
  private static final int BLANK_BRAILLE = 0x2800;

  private VisibleText() {}

  /** Whether anybody could see it. A mark shows only on a base that does. */
  static boolean isVisible(String text) {
    return text.codePoints().anyMatch(VisibleText::isVisible);
  }

  static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONTROL,
          Character.FORMAT,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK ->
          false;
      default -> codePoint != BLANK_BRAILLE && !isIgnored(codePoint);
    };
  }

  private static boolean isIgnored(int codePoint) {
    Map.Entry<Integer, Integer> range = IGNORED.floorEntry(codePoint);
    return range != null && codePoint <= range.getValue();
  }
}
