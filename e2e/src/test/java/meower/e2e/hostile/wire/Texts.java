package meower.e2e.hostile.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Texts of every kind of character that Unicode knows, and those that programs have tripped on. */
public final class Texts {

  /** One array of code points for each general category, surrogates and the unassigned included. */
  private static final List<int[]> CATEGORIES = categories();

  /** None has a word in it that another test looks for. */
  private static final List<String> NASTY =
      List.of(
          "",
          " ",
          "\0",
          "\uFEFF",
          "\u200B\u200D",
          "\u202E\u2066",
          "a\u0301".repeat(70),
          "e" + "\u0301".repeat(139),
          "\uD83D\uDC08\u200D\u2B1B",
          "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC7F",
          "\uD800",
          "\uDC00\uD800",
          "\uFFFD\uFFFE\uFFFF",
          "\uFDFA".repeat(140),
          "\u1E9B\u0323\u0344",
          "\u212B\u2126\uF900",
          "ﬁ Ⅷ ½ ㎏ ＃ｆｚ",
          "İıſßẞΣς",
          "\r\nX-Injected: fz",
          "%0d%0aX-Injected:%20fz",
          "${jndi:ldap://fz}",
          "#{7*7}{{7*7}}${7*7}<%=7*7%>",
          "<script>fz</script>",
          "' OR '1'='1'; --",
          "*:* AND fz:[* TO *] NOT (",
          "fz~2 fz^9 fz* ?z /f.z/",
          "\"fz",
          "\"\" \"\" \"",
          "#",
          "##fz#_#1",
          "#" + "f".repeat(150),
          "\\\\u0000",
          "../../../etc/fz",
          "NaN",
          "null",
          "-0",
          "1e309",
          "99999999999999999999",
          "2147483648",
          "-1",
          "0x10",
          "1_000",
          "٣",
          "𝟓",
          "+5",
          " 5",
          "5.0");

  private Texts() {}

  private static List<int[]> categories() {
    Map<Integer, List<Integer>> byType = new TreeMap<>();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      byType.computeIfAbsent(Character.getType(c), _ -> new ArrayList<>()).add(c);
    }
    return byType.values().stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  /** A text of up to about so many characters; of one category, of all, or one of the nasty. */
  public static String any(Dice dice, int length) {
    return switch (dice.below(5)) {
      case 0 -> dice.oneOf(NASTY);
      case 1 -> ofOneCategory(dice, dice.below(length + 1));
      case 2 -> ofAll(dice, dice.below(length + 1));
      case 3 -> dice.oneOf(NASTY) + word(dice) + dice.oneOf(NASTY);
      default -> word(dice) + " " + ofAll(dice, dice.below(8));
    };
  }

  /** Letters and digits that no other test looks for. */
  static String word(Dice dice) {
    return "fz" + Integer.toString(dice.below(Integer.MAX_VALUE), 36);
  }

  private static String ofOneCategory(Dice dice, int length) {
    int[] category = dice.oneOf(CATEGORIES);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(dice.oneOf(category));
    }
    return text.toString();
  }

  private static String ofAll(Dice dice, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(dice.oneOf(dice.oneOf(CATEGORIES)));
    }
    return text.toString();
  }
}
