package meower.e2e.hostile.wire;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Bytes as a string of as many characters: what is sent need not be text, and can be put together,
 * changed and printed as if it were.
 */
public final class Wire {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int LONGEST_PRINTED = 4000;

  private Wire() {}

  public static byte[] bytes(String wire) {
    return wire.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String of(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The text in UTF-8; half a surrogate pair becomes the three bytes that nobody may send. */
  public static String utf8(String text) {
    StringBuilder wire = new StringBuilder();
    text.codePoints().forEach(c -> wire.append(utf8(c)));
    return wire.toString();
  }

  private static String utf8(int codePoint) {
    if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
      return of(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    }
    return of(
        new byte[] {
          (byte) (0xE0 | (codePoint >> 12)),
          (byte) (0x80 | ((codePoint >> 6) & 0x3F)),
          (byte) (0x80 | (codePoint & 0x3F))
        });
  }

  /** Every byte as a percent and two digits. */
  static String percent(String wire) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : bytes(wire)) {
      escaped.append('%').append(HEX.toHexDigits(b));
    }
    return escaped.toString();
  }

  /** For a person, and for printf: what is not printable is escaped. */
  public static String printable(String wire) {
    StringBuilder text = new StringBuilder();
    wire.chars().limit(LONGEST_PRINTED).forEach(c -> text.append(printable((char) c)));
    if (wire.length() > LONGEST_PRINTED) {
      text.append("… (").append(wire.length()).append(" bytes)");
    }
    return text.toString();
  }

  private static String printable(char c) {
    return switch (c) {
      case '\r' -> "\\r";
      case '\n' -> "\\n";
      case '\\' -> "\\\\";
      default -> c >= ' ' && c < 0x7F ? String.valueOf(c) : "\\x" + HEX.toHexDigits((byte) c);
    };
  }
}
