package meower.bench.push.client;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The text of a meow that says which one it is and when it was sent, at places that are found
 * without looking for them.
 */
public final class Text {

  /** Where the body begins in a frame of Meower; the peers send the same frame. */
  static final int BODY = "{\"kind\":1,\"id\":\"".length() + 27 + "\",\"body\":\"".length();

  private static final String BODY_FIELD = "\"body\":\"";
  private static final int NUMBER_DIGITS = 9;
  private static final int NANOS_DIGITS = 16;

  /** So much is left of the longest meow. */
  public static final int MOST_OF_REST = 140 - NUMBER_DIGITS - 1 - NANOS_DIGITS;

  public static final String REST = " so long are most of the meows: 70";

  private Text() {}

  public static String body(long number, long nanos) {
    return body(number, nanos, REST);
  }

  /**
   * Returns a text that ends as it is said.
   *
   * @param rest of at most {@link #MOST_OF_REST} letters
   */
  public static String body(long number, long nanos, String rest) {
    return String.format(Locale.ROOT, "%09d %016d", number, nanos) + rest;
  }

  /** Returns the frame that Meower's browsers get, for the peers. */
  public static byte[] frame(long number, long nanos) {
    return ("{\"kind\":1,\"id\":\"3MOxtBXWXwcxCOCRYEQZNx1Jw87\",\"body\":\""
            + body(number, nanos)
            + "\",\"created_at\":\"2026-11-21T04:33:47.532099Z\",\"position\":\"mwpwwi1f-"
            + number
            + "\"}")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * @param frame where the frame begins
   */
  static long number(byte[] bytes, int frame) {
    return digits(bytes, frame + BODY, NUMBER_DIGITS);
  }

  /** Returns when it was sent, in {@link System#nanoTime()} of this process. */
  public static long nanos(byte[] bytes, int frame) {
    return digits(bytes, frame + BODY + NUMBER_DIGITS + 1, NANOS_DIGITS);
  }

  /** Returns where a frame would begin whose body is where the event has it. */
  public static int bodyOf(byte[] event) {
    int body = new String(event, StandardCharsets.UTF_8).indexOf(BODY_FIELD);
    if (body < 0) {
      throw new IllegalStateException("this is no event of ours");
    }
    return body + BODY_FIELD.length() - BODY;
  }

  private static long digits(byte[] bytes, int from, int count) {
    long value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        throw new IllegalStateException(
            "this is no meow of ours: "
                + new String(bytes, from, count, StandardCharsets.US_ASCII));
      }
      value = 10 * value + digit;
    }
    return value;
  }
}
