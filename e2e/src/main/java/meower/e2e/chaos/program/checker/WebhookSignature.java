package meower.e2e.chaos.program.checker;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies calls as the specification of <a
 * href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 * Webhooks</a> says.
 */
public final class WebhookSignature {

  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";

  /** The specification's own libraries allow as much. */
  private static final long TOLERANCE_SECONDS = 300;

  private final SecretKeySpec key;

  /**
   * @param secret as it was shown: {@code whsec_} and Base64
   * @throws IllegalArgumentException when it is none
   */
  public WebhookSignature(String secret) {
    if (!secret.startsWith(PREFIX)) {
      throw new IllegalArgumentException("not a secret");
    }
    this.key =
        new SecretKeySpec(Base64.getDecoder().decode(secret.substring(PREFIX.length())), ALGORITHM);
  }

  /**
   * Tells whether a call is signed with the secret.
   *
   * @param timestamp the header {@code webhook-timestamp}, in seconds since 1970
   * @param signatures the header {@code webhook-signature}: {@code v1,} and Base64, one or more
   * @param now in seconds since 1970
   */
  public boolean verifies(String id, String timestamp, String signatures, byte[] body, long now) {
    if (!timestamp.matches("[0-9]{1,12}")
        || Math.abs(Long.parseLong(timestamp) - now) > TOLERANCE_SECONDS) {
      return false;
    }
    byte[] expected = ("v1," + signature(id, timestamp, body)).getBytes(StandardCharsets.UTF_8);
    return Stream.of(signatures.split(" ", -1))
        .anyMatch(one -> MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), expected));
  }

  private String signature(String id, String timestamp, byte[] body) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
