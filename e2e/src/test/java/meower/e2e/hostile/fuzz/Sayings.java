package meower.e2e.hostile.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import meower.e2e.hostile.fuzz.Input.Form;
import meower.e2e.hostile.wire.Dice;
import meower.e2e.hostile.wire.Door;
import meower.e2e.hostile.wire.Escapes;
import meower.e2e.hostile.wire.Frames;
import meower.e2e.hostile.wire.Texts;
import meower.e2e.hostile.wire.Wire;

/**
 * Makes what a program says over {@code /publish}: first texts that have to be answered, as lines
 * or as JSON, then frames that may end the connection.
 */
final class Sayings {

  /** A program that has to be there. */
  static final String PROGRAM = "fuzz";

  static final String PASSWORD = "any fuzz";

  static final String CREDENTIALS =
      "Basic " + Base64.getEncoder().encodeToString((PROGRAM + ":" + PASSWORD).getBytes(UTF_8));

  /** The header with its secret. */
  static final String AUTHORIZATION = "Authorization: " + CREDENTIALS;

  private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol: meower.publish\r\n";
  private static final int MOST_SAID = 5;
  private static final int MOST_BROKEN = 3;
  private static final int LONGEST = 150;

  /** In characters; a longer frame ends the connection. */
  private static final int LONGEST_FRAME = 16 * 1024;

  private static final String[] REFS = {"null", "7", "{}", "[\"fz\"]", "true", "\"", "-0", "1e999"};

  private static final String[] KEYS = {
    "\"\"",
    "\" \"",
    "\"fz\"",
    "\"\\u00E9\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "null",
    "7",
    "{}",
    "\"nginx-fz\""
  };

  private Sayings() {}

  static Input input(long number, Dice dice) {
    boolean json = dice.percent(60);
    List<Saying> sayings = new ArrayList<>();
    StringBuilder broken = new StringBuilder();
    for (int i = dice.below(MOST_SAID + 1); i > 0; i--) {
      Saying saying = json ? json(dice, "fz-" + i) : line(dice);
      if (isTaken(saying.text())) {
        sayings.add(saying);
      } else {
        broken.append(saying.frames());
      }
    }
    for (int i = dice.below(MOST_BROKEN + 1); i > 0; i--) {
      broken.append(Frames.any(dice));
    }
    return new Input(
        number,
        Door.NGINX,
        Frames.handshake(dice, "/publish", AUTHORIZATION + "\r\n" + (json ? SUBPROTOCOL : "")),
        broken.toString(),
        Form.SOCKET,
        1 + sayings.size(),
        "-",
        Optional.empty(),
        sayings);
  }

  private static Saying line(Dice dice) {
    if (dice.percent(5)) {
      String text = "l".repeat(LONGEST_FRAME + dice.below(2));
      return saying(dice, text, Optional.empty(), Optional.of(text));
    }
    String text = Texts.any(dice, LONGEST);
    return saying(dice, Wire.utf8(text), Optional.empty(), Optional.of(text));
  }

  private static Saying json(Dice dice, String ref) {
    String text = Texts.any(dice, LONGEST);
    String body = ",\"body\":" + Escapes.json(dice, text);
    String right = "{\"ref\":\"" + ref + '"' + body;
    return switch (dice.below(8)) {
      case 0 -> saying(dice, Posts.noMeow(dice), Optional.empty(), Optional.empty());
      case 1 -> {
        String other =
            dice.percent(30) ? dice.oneOf(REFS) : Escapes.json(dice, Texts.any(dice, 70));
        yield saying(dice, "{\"ref\":" + other + body + '}', Optional.empty(), Optional.empty());
      }
      case 2 -> {
        String key = dice.percent(60) ? dice.oneOf(KEYS) : Escapes.json(dice, Texts.any(dice, 9));
        yield saying(dice, right + ",\"key\":" + key + '}', Optional.of(ref), Optional.empty());
      }
      default -> saying(dice, right + '}', Optional.of(ref), Optional.of(text));
    };
  }

  private static Saying saying(
      Dice dice, String text, Optional<String> ref, Optional<String> said) {
    return new Saying(text, Frames.inPieces(dice, text), ref, said);
  }

  /** Anything else ends the connection. */
  private static boolean isTaken(String text) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(Wire.bytes(text))).length() <= LONGEST_FRAME;
    } catch (CharacterCodingException _) {
      return false;
    }
  }
}
