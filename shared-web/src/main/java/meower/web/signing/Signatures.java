package meower.web.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs texts with HMAC-SHA256, each for one purpose: what was signed for another one is worth
 * nothing.
 */
public final class Signatures {

  private static final String ALGORITHM = "HmacSHA256";

  private final List<byte[]> keys;

  /**
   * @param keys the first one signs, all of them verify
   */
  public Signatures(List<byte[]> keys) {
    this.keys = keys;
  }

  /** Returns the signature of a text, 43 characters that need no escaping anywhere. */
  public String sign(String purpose, String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(mac(keys.getFirst(), purpose, text));
  }

  /** Tells whether the signature is that of the text. */
  public boolean verify(String purpose, String text, String signature) {
    byte[] given;
    try {
      given = Base64.getUrlDecoder().decode(signature);
    } catch (IllegalArgumentException e) {
      return false;
    }
    boolean verified = false;
    for (byte[] key : keys) {
      verified |= MessageDigest.isEqual(mac(key, purpose, text), given);
    }
    return verified;
  }

  private static byte[] mac(byte[] key, String purpose, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update(purpose.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
