package meower.e2e.hostile.wire;

/** Ways to write a text into an address, a form or JSON: right ones and wrong ones. */
public final class Escapes {

  private static final String[] BROKEN_BYTES = {
    "\u00FF",
    "\u00C0\u00AF",
    "\u00E0\u0080\u00AF",
    "\u00F0\u0080\u0080\u00AF",
    "\u00F5\u0080\u0080\u0080",
    "\u00ED\u00A0\u0080",
    "\u00ED\u00A0\u0080\u00ED\u00B0\u0080",
    "\u00C3",
    "\u00E2\u0082",
    "\u0080",
    "\u00FE\u00FF",
    "\u00F8\u0088\u0080\u0080\u0080",
    "\u00C0\u0080"
  };

  private static final String[] BROKEN_PERCENTS = {
    "%",
    "%f",
    "%zz",
    "%u0041",
    "%%",
    "%+1",
    "%-1",
    "%\u00C3\u00A9",
    "%00",
    "%0a",
    "%0d%0a",
    "%2",
    "%25%30%30"
  };

  private Escapes() {}

  /** As every browser writes it. */
  public static String right(String text) {
    return Wire.percent(Wire.utf8(text));
  }

  /** As somebody might write it; still without what would end the first line of a request. */
  public static String any(Dice dice, String text) {
    return switch (dice.below(8)) {
      case 0 -> Wire.percent(dice.oneOf(BROKEN_BYTES)) + right(text);
      case 1 -> right(text) + dice.oneOf(BROKEN_PERCENTS);
      case 2 -> right(text).replace("%20", "+").toLowerCase(java.util.Locale.ROOT);
      case 3 -> Wire.percent(right(text));
      default -> right(text);
    };
  }

  /** A JSON string; what may stand as it is sometimes stands escaped, and the other way round. */
  public static String json(Dice dice, String text) {
    StringBuilder json = new StringBuilder("\"");
    boolean all = dice.percent(30);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean lone = Character.isSurrogate(c) && !isPaired(text, i);
      boolean pair = Character.isHighSurrogate(c) && !lone;
      if (all || lone || c < ' ' || c == '"' || c == '\\') {
        json.append("\\u%04x".formatted((int) c));
      } else if (pair) {
        json.append(Wire.utf8(text.substring(i, ++i + 1)));
      } else {
        json.append(Wire.utf8(String.valueOf(c)));
      }
    }
    return json.append('"').toString();
  }

  private static boolean isPaired(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }

  /** Bytes that are no UTF-8. */
  public static String brokenBytes(Dice dice) {
    return dice.oneOf(BROKEN_BYTES);
  }
}
