package meower.bench.program;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The text of a message, as long as most meows are, which says when it was made. */
public final class Payload {

  private static final int DIGITS = 19;
  private static final String REST = " so long are most of the messages: seventy letters.";

  private Payload() {}

  /** Returns one that is made now. */
  public static String now() {
    return String.format(Locale.ROOT, "%0" + DIGITS + "d", System.nanoTime()) + REST;
  }

  /** Likewise, as bytes. */
  public static byte[] bytes() {
    return now().getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns how many microseconds ago a text was made, by this process. */
  public static long age(String text) {
    return (System.nanoTime() - Long.parseLong(text, 0, DIGITS, 10)) / 1_000;
  }
}
