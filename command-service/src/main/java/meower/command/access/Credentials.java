package meower.command.access;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Who somebody says that they are, and what they show for it. */
sealed interface Credentials {

  /** {@code Authorization: Bearer}: the token says whose it is. */
  record Bearer(Token token) implements Credentials {}

  /** {@code Authorization: Basic} (RFC 7617). */
  record Basic(String name, String secret) implements Credentials {

    /** Nobody's log has the secret. */
    @Override
    public String toString() {
      return "Basic[name=" + name + "]";
    }
  }

  /** Reads the header {@code Authorization}; nothing if it is none that is taken here. */
  static Optional<Credentials> of(String header) {
    int space = header.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    String value = header.substring(space + 1).strip();
    return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "bearer" -> Token.of(value).map(Bearer::new);
      case "basic" -> basic(value);
      default -> Optional.empty();
    };
  }

  private static Optional<Credentials> basic(String base64) {
    try {
      String pair =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64)))
              .toString();
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new Basic(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException | CharacterCodingException _) {
      return Optional.empty(); // as good as none
    }
  }
}
