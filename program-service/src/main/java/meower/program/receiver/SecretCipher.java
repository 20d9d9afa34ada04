package meower.program.receiver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import meower.signing.KeyFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Encrypts secrets for the database with AES-GCM, bound to the name of their queue: moved to
 * another row they are worth nothing.
 */
@Component
final class SecretCipher {

  private static final Logger log = LoggerFactory.getLogger(SecretCipher.class);
  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final String PURPOSE = "push-secret";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final byte CLEAR = 0;
  private static final byte ENCRYPTED = 1;

  private final List<SecretKeySpec> keys;
  private final SecureRandom random = new SecureRandom();

  @Autowired
  SecretCipher(SecretProperties properties) throws IOException {
    this(keys(properties));
    if (keys.isEmpty()) {
      log.warn("secrets=clear reason=\"neither meower.secret.key nor meower.secret.key-file\"");
    }
  }

  SecretCipher(List<byte[]> keys) {
    this.keys = keys.stream().map(SecretCipher::derived).toList();
  }

  private static List<byte[]> keys(SecretProperties properties) throws IOException {
    List<byte[]> keys = new ArrayList<>();
    @Nullable String key = properties.key();
    if (key != null && !key.isBlank()) {
      keys.add(key(key.strip()));
    }
    if (properties.keyFile() != null) {
      keys.addAll(KeyFile.read(properties.keyFile()));
    }
    return keys;
  }

  private static byte[] key(String base64) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      key = new byte[0]; // refused below, without a part of what may be a secret
    }
    if (key.length < KEY_BYTES) {
      throw new IllegalStateException(
          "meower.secret.key is no key: it has to be 32 bytes or more in Base64, as openssl rand"
              + " -base64 32 prints them");
    }
    return key;
  }

  /** A key of one's own for this purpose, whatever else the same one is used for. */
  private static SecretKeySpec derived(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return new SecretKeySpec(mac.doFinal(PURPOSE.getBytes(StandardCharsets.UTF_8)), "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /** Returns what may stand in the database. */
  byte[] seal(String queue, byte[] secret) {
    if (keys.isEmpty()) {
      return ByteBuffer.allocate(1 + secret.length).put(CLEAR).put(secret).array();
    }
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] text = cipher(Cipher.ENCRYPT_MODE, keys.getFirst(), nonce, queue).doFinal(secret);
      return ByteBuffer.allocate(1 + NONCE_BYTES + text.length)
          .put(ENCRYPTED)
          .put(nonce)
          .put(text)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + TRANSFORMATION, e);
    }
  }

  /** Returns the secret, or nothing if none of the keys is its. */
  Optional<byte[]> open(String queue, byte[] sealed) {
    if (sealed[0] == CLEAR) {
      return Optional.of(Arrays.copyOfRange(sealed, 1, sealed.length));
    }
    byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
    byte[] text = Arrays.copyOfRange(sealed, 1 + NONCE_BYTES, sealed.length);
    return keys.stream()
        .map(key -> decrypt(key, nonce, text, queue))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<byte[]> decrypt(
      SecretKeySpec key, byte[] nonce, byte[] text, String queue) {
    try {
      return Optional.of(cipher(Cipher.DECRYPT_MODE, key, nonce, queue).doFinal(text));
    } catch (AEADBadTagException e) {
      return Optional.empty(); // another key, or another queue
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + TRANSFORMATION, e);
    }
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String queue)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(queue.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
