package meower.e2e.hostile.wire;

/** Makes WebSocket handshakes and frames, few of them as they should be. */
public final class Frames {

  private static final String[] AFTER = {
    "",
    "0",
    "fz",
    "-",
    "0-0",
    "a-",
    "-1",
    "mwpwwi1f-3",
    "mwpwwi1f-999999999999999999",
    "mwpwwi1f-9999999999999999999999",
    "MWP-1",
    "a-1-1",
    "%00",
    "%FF",
    "%zz",
    "%",
    "f".repeat(3000),
    "1&after=2",
    "+",
    "%0d%0aX-Injected:%20fz",
    "%F0%9F%90%88",
    "|",
    "{}",
    "a b"
  };

  private static final String[] WRONG = {
    "Sec-WebSocket-Version: 8\r\n",
    "Sec-WebSocket-Version: fz\r\n",
    "Sec-WebSocket-Key: short\r\n",
    "Sec-WebSocket-Key:\r\n",
    "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=99\r\n",
    "Sec-WebSocket-Extensions: ;;,=\"\r\n",
    "Sec-WebSocket-Protocol: fz, fz\r\n",
    "Sec-WebSocket-Protocol: ,\u00FF\r\n",
    "Origin: http://fz\r\n",
    "Origin: \u00FF\r\n",
    "Origin:\r\n",
    "Connection: close\r\n",
    "Upgrade: h2c\r\n",
    "Content-Length: 4\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Cookie: " + "c=1;".repeat(900) + "\r\n"
  };

  private static final String[] COMMANDS = {
    "sub #fz",
    "unsub #fz",
    "sub",
    "sub ",
    "unsub #",
    "sub fz",
    "SUB #fz",
    "sub #fz\n",
    "",
    "{}",
    "ping"
  };

  private static final int[] CODES = {
    0, 999, 1000, 1001, 1004, 1005, 1006, 1012, 1015, 1016, 2999, 3000, 4999, 5000, 65535
  };

  private Frames() {}

  /** A handshake, mostly one that will be accepted. */
  public static String handshake(Dice dice) {
    String path =
        dice.percent(40)
            ? "/pusher?after=" + after(dice)
            : dice.percent(10) ? "/publish" : "/pusher";
    return handshake(dice, path, "");
  }

  /**
   * The same for a certain path.
   *
   * @param more as below
   */
  public static String handshake(Dice dice, String path, String more) {
    String handshake = handshake(path, more + (dice.percent(15) ? dice.oneOf(WRONG) : ""));
    return dice.percent(8)
        ? handshake.replaceFirst(
            "(Sec-WebSocket-Key|Sec-WebSocket-Version|Upgrade|GET)[^\r]*\r\n", "$1: \r\n")
        : handshake;
  }

  /**
   * A request to open a WebSocket.
   *
   * @param more headers, each with its line break
   */
  public static String handshake(String path, String more) {
    return """
    GET %s HTTP/1.1
    Host: localhost
    Connection: Upgrade
    Upgrade: websocket
    Sec-WebSocket-Version: 13
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
    """
            .formatted(path)
            .replace("\n", "\r\n")
        + more
        + "\r\n";
  }

  private static String after(Dice dice) {
    return dice.percent(70) ? dice.oneOf(AFTER) : Escapes.any(dice, Texts.any(dice, 40));
  }

  public static String any(Dice dice) {
    return switch (dice.below(8)) {
      case 0 -> frame(true, 0, 1, true, Wire.utf8(command(dice)));
      case 1 -> frame(true, 0, dice.oneOf(new int[] {9, 10}), true, "p".repeat(dice.below(126)));
      case 2 -> frame(true, 0, 8, true, close(dice));
      case 3 -> fragments(dice);
      case 4 -> frame(true, 0, 1, true, Escapes.brokenBytes(dice));
      case 5 -> wrongLength(dice);
      case 6 ->
          frame(
              dice.percent(70),
              dice.below(8),
              dice.below(16),
              dice.percent(80),
              "z".repeat(dice.below(300)));
      default -> "\u0081".repeat(dice.below(2)) + Wire.utf8(Texts.any(dice, 60));
    };
  }

  public static String text(String text) {
    return frame(true, 0, 1, true, Wire.utf8(text));
  }

  /**
   * A text in one frame or in several, with pings between them now and then.
   *
   * @param wire its bytes
   */
  public static String inPieces(Dice dice, String wire) {
    StringBuilder frames = new StringBuilder();
    String rest = wire;
    int opcode = 1;
    while (dice.percent(30)) {
      int length = dice.below(rest.length() + 1);
      frames.append(frame(false, 0, opcode, true, rest.substring(0, length)));
      frames.append(dice.percent(30) ? ping() : "");
      rest = rest.substring(length);
      opcode = 0;
    }
    return frames.append(frame(true, 0, opcode, true, rest)).toString();
  }

  public static String ping() {
    return frame(true, 0, 9, true, "");
  }

  public static String pong() {
    return frame(true, 0, 10, true, "");
  }

  /** The beginning of a text, and nothing of it. */
  public static String emptyPiece() {
    return frame(false, 0, 1, true, "");
  }

  /** What goes on with it, and brings nothing either. */
  public static String emptyContinuation() {
    return frame(false, 0, 0, true, "");
  }

  public static String goodbye() {
    return frame(true, 0, 8, true, "\u0003\u00E8");
  }

  private static String command(Dice dice) {
    return dice.percent(50) ? dice.oneOf(COMMANDS) : "sub #" + Texts.any(dice, 200);
  }

  private static String close(Dice dice) {
    int code = dice.oneOf(CODES);
    String reason =
        dice.oneOf("", "fz", "r".repeat(200), "\u00FF\u00FE", Wire.utf8("\uD83D\uDC08"));
    return dice.percent(10) ? "\u0003" : "" + (char) (code >> 8) + (char) (code & 0xFF) + reason;
  }

  private static String fragments(Dice dice) {
    StringBuilder frames = new StringBuilder(frame(false, 0, dice.between(0, 2), true, "sub "));
    for (int i = dice.below(5); i > 0; i--) {
      frames.append(
          frame(
              false, 0, dice.oneOf(new int[] {0, 0, 0, 1, 9}), true, "#f".repeat(dice.below(40))));
    }
    return frames.append(frame(true, 0, 0, true, "\u00C3")).toString();
  }

  /**
   * Lengths that are not the shortest way to write them, control frames too long, or far too much.
   */
  private static String wrongLength(Dice dice) {
    String head = "" + (char) (0x80 | dice.oneOf(new int[] {1, 2, 8, 9}));
    return head
        + dice.oneOf(
            "\u00FE\0\u0005" + "mask" + "12345",
            "\u00FF\0\0\0\0\0\0\0\u0005" + "mask" + "12345",
            "\u00FF\u0080\0\0\0\0\0\0\0" + "mask",
            "\u00FF\u007F\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF" + "mask" + "12345",
            "\u00FE\u00FF\u00FF" + "mask" + "f".repeat(2000),
            "\u00FF\0\0\0\0\u0006@\0\0" + "mask" + "f".repeat(5000),
            "\u00FE",
            "\u00FF\0\0");
  }

  private static String frame(
      boolean last, int reserved, int opcode, boolean masked, String payload) {
    StringBuilder frame = new StringBuilder();
    frame.append((char) ((last ? 0x80 : 0) | reserved << 4 | opcode));
    int mask = masked ? 0x80 : 0;
    if (payload.length() < 126) {
      frame.append((char) (mask | payload.length()));
    } else {
      frame
          .append((char) (mask | 126))
          .append((char) (payload.length() >> 8))
          .append((char) (payload.length() & 0xFF));
    }
    return masked
        ? frame.append("mask").append(masked(payload)).toString()
        : frame.append(payload).toString();
  }

  private static String masked(String payload) {
    StringBuilder masked = new StringBuilder();
    for (int i = 0; i < payload.length(); i++) {
      masked.append((char) (payload.charAt(i) ^ "mask".charAt(i % 4)));
    }
    return masked.toString();
  }
}
