package meower.program.lease;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody has who may settle a message: its row and a number that nobody can guess, made anew
 * for each delivery.
 *
 * <p>Programs see it as one word of {@value #LENGTH} characters, which may stand in an address.
 */
record Lease(long seq, UUID secret) {

  private static final int LENGTH = 32;
  private static final int BYTES = Long.BYTES + 2 * Long.BYTES;

  /** Returns the lease that is written so; nothing if none is. */
  static Optional<Lease> parse(String text) {
    if (text.length() != LENGTH) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Base64.getUrlDecoder().decode(text);
      if (decoded.length != BYTES) {
        return Optional.empty();
      }
      ByteBuffer bytes = ByteBuffer.wrap(decoded);
      long seq = bytes.getLong();
      return seq < 0
          ? Optional.empty()
          : Optional.of(new Lease(seq, new UUID(bytes.getLong(), bytes.getLong())));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    byte[] bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(seq)
            .putLong(secret.getMostSignificantBits())
            .putLong(secret.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
