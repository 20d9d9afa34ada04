package meower.program.receiver;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * With what calls to a receiver are signed, so that it knows that they are Meower's.
 *
 * @param endsAt when it is good no more, if that is known
 * @see <a
 *     href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 *     Webhooks</a>
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
public record SigningSecret(byte[] bytes, @Nullable Instant endsAt) {

  static final int BYTES = 32;

  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";

  /** Returns whether it signs at this moment. */
  public boolean isGood(Instant now) {
    return endsAt == null || now.isBefore(endsAt);
  }

  /** Returns the secret as it is shown, once. */
  static String text(byte[] bytes) {
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * Returns the signature of a message.
   *
   * @param timestamp in seconds since 1970
   */
  public String sign(String id, long timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(bytes, ALGORITHM));
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "SigningSecret[" + endsAt + "]"; // never the secret
  }
}
