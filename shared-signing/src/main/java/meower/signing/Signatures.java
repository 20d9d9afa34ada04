package meower.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs with HMAC-SHA256, each for one purpose: what was signed for another one is worth nothing.
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
    return sign(purpose, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the signature of bytes; see the other method. */
  public String sign(String purpose, byte[] bytes) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(mac(keys.getFirst(), purpose, bytes));
  }

  /** Tells whether the signature is that of the text. */
  public boolean verify(String purpose, String text, String signature) {
    return verify(purpose, text.getBytes(StandardCharsets.UTF_8), signature);
  }

  /** Tells whether the signature is that of the bytes. */
  public boolean verify(String purpose, byte[] bytes, String signature) {
    byte[] given;
    try {
      given = Base64.getUrlDecoder().decode(signature);
    } catch (IllegalArgumentException e) {
      return false;
    }
    boolean verified = false;
    for (byte[] key : keys) {
      verified |= MessageDigest.isEqual(mac(key, purpose, bytes), given);
    }
    return verified;
  }

  private static byte[] mac(byte[] key, String purpose, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update(purpose.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
