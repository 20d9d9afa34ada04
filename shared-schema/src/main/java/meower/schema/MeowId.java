package meower.schema;

import java.math.BigInteger;
import java.time.Instant;

/**
 * Identifies a meow everywhere: a KSUID in its text form.
 *
 * <p>27 base-62 characters (0-9, A-Z, a-z) that encode 20 bytes: 4 bytes of seconds since
 * 2014-05-13T16:53:20Z and 16 bytes of payload. Text order equals byte order. Ids are made before
 * the commit, so their order is <em>not</em> the order of the feed: that is the {@link Position}.
 *
 * @param value the text form
 * @see <a href="https://github.com/segmentio/ksuid">the KSUID definition</a>
 */
public record MeowId(String value) {

  private static final int LENGTH = 27;
  private static final String LARGEST = "aWgEPTl1tmebfsQzFP4bxwgy80V";
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
  private static final int PAYLOAD_BITS = 128;
  private static final Instant EPOCH = Instant.parse("2014-05-13T16:53:20Z");

  /**
   * @throws IllegalArgumentException if the text is not a KSUID
   */
  public MeowId {
    if (!isKsuid(value)) {
      throw new IllegalArgumentException("not a KSUID of 27 base-62 characters");
    }
  }

  /** Tells whether the text is a KSUID; never throws. */
  public static boolean isKsuid(String text) {
    return text.length() == LENGTH
        && text.chars().allMatch(MeowId::isBase62)
        && text.compareTo(LARGEST) <= 0;
  }

  /**
   * Returns when the id was made, by the clock of who made it, to the second.
   *
   * <p>Decoded here, because ksuid-java takes no id whose first byte is 0: the ids of the first 194
   * days, which anybody can ask for.
   */
  public Instant instant() {
    BigInteger number =
        value
            .chars()
            .mapToObj(c -> BigInteger.valueOf(DIGITS.indexOf(c)))
            .reduce(BigInteger.ZERO, (high, digit) -> high.multiply(BASE).add(digit));
    return EPOCH.plusSeconds(number.shiftRight(PAYLOAD_BITS).longValueExact());
  }

  private static boolean isBase62(int c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  @Override
  public String toString() {
    return value;
  }
}
