package meower.command.post;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import meower.web.IdempotencyKey;
import org.jspecify.annotations.Nullable;

/**
 * Under what a post can be repeated: a key, and whose it is. Others who choose the same key, or
 * guess it, have another one.
 *
 * <p>It is a hash, so that the table has neither addresses nor anything that strangers have
 * written.
 *
 * @param name as it is stored
 * @param former as versions before stored it, for all clients together, and as it may stand in the
 *     table for another day; null where that cannot be
 */
public record PostKey(String name, @Nullable String former) {

  /**
   * What is at least so long is taken for a random text that nobody guesses, like a UUID. It counts
   * wherever it is sent from: a telephone that posts again has another address by then.
   */
  private static final int UNGUESSABLE = 16;

  /** Printable ASCII is what a client's key is made of, so no former one begins like this. */
  private static final String PREFIX = "sha256·";

  private static final int NETWORK_BYTES = 8;

  /** Of a program, wherever it calls from. */
  public static PostKey ofProgram(IdempotencyKey key, String program) {
    return of(key, "program", program);
  }

  /** Of whoever posts without saying who they are. */
  static PostKey ofAddress(IdempotencyKey key, String address) {
    return key.value().length() < UNGUESSABLE
        ? of(key, "address", network(address))
        : of(key, "anybody", "");
  }

  private static PostKey of(IdempotencyKey key, String kind, String client) {
    if (key.isOfProxy()) {
      return new PostKey(key.text(), null);
    }
    String hash = PREFIX + hash(String.join("\n", kind, client, key.value()));
    // Under names of the proxy's form lies what it posted for others.
    return new PostKey(
        hash, key.value().startsWith(IdempotencyKey.PROXY_PREFIX) ? null : key.value());
  }

  /** Whether the proxy made it. */
  boolean isOfProxy() {
    return name.startsWith(IdempotencyKey.PROXY_PREFIX);
  }

  /** One customer of a provider has 2^64 addresses of version 6. */
  private static String network(String address) {
    try {
      return InetAddress.ofLiteral(address) instanceof Inet6Address six
          ? HexFormat.of().formatHex(six.getAddress(), 0, NETWORK_BYTES)
          : address;
    } catch (IllegalArgumentException _) {
      return address;
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
