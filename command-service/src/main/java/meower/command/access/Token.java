package meower.command.access;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A secret of 256 random bits: {@code mwr_}, 43 letters and digits, and a checksum of 6, so that
 * scanners for secrets tell a token from anything else without asking anybody.
 */
record Token(String value) {

  static final String PREFIX = "mwr_";

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int BYTES = 32;
  private static final int RANDOM_LENGTH = 43;
  private static final int CHECKSUM_LENGTH = 6;
  private static final Pattern FORM =
      Pattern.compile(PREFIX + "[0-9A-Za-z]{" + (RANDOM_LENGTH + CHECKSUM_LENGTH) + "}");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Returns a new one. */
  static Token random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    String random = base62(new BigInteger(1, bytes), RANDOM_LENGTH);
    return new Token(PREFIX + random + checksum(random));
  }

  /** Returns the token that is written so, if it is one and without a mistake. */
  static Optional<Token> of(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    int end = PREFIX.length() + RANDOM_LENGTH;
    String random = text.substring(PREFIX.length(), end);
    return text.substring(end).equals(checksum(random))
        ? Optional.of(new Token(text))
        : Optional.empty();
  }

  /** What is stored of it. It is random: nothing slower is needed. */
  String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Nobody's log has it. */
  @Override
  public String toString() {
    return PREFIX + "…";
  }

  private static String checksum(String random) {
    CRC32 crc = new CRC32();
    crc.update(random.getBytes(StandardCharsets.US_ASCII));
    return base62(BigInteger.valueOf(crc.getValue()), CHECKSUM_LENGTH);
  }

  private static String base62(BigInteger number, int length) {
    BigInteger base = BigInteger.valueOf(DIGITS.length());
    StringBuilder digits = new StringBuilder();
    for (BigInteger rest = number; digits.length() < length; rest = rest.divide(base)) {
      digits.append(DIGITS.charAt(rest.mod(base).intValue()));
    }
    return digits.reverse().toString();
  }
}
