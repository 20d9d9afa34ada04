package meower.schema.signing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import meower.schema.Position;
import meower.signing.Signatures;
import org.jspecify.annotations.Nullable;

/**
 * Signs messages of the stream of events, and what is said of the stream as a whole.
 *
 * <p>A signature is that of a message at its place: a copy of it anywhere else is worth nothing.
 */
public final class EventSignatures {

  /** Without a key: signs nothing. */
  public static final EventSignatures NONE = new EventSignatures(List.of());

  private static final String VERSION = "v1,";
  private static final String EVENT = "event";
  private static final String SIGNED_AFTER = "signed-after";
  private static final int NAME_BYTES = 8;

  private final List<byte[]> keys;
  private final @Nullable Signatures signatures;

  /**
   * @param keys the first one signs, all of them verify; without any nothing is signed
   */
  public EventSignatures(List<byte[]> keys) {
    this.keys = List.copyOf(keys);
    this.signatures = keys.isEmpty() ? null : new Signatures(this.keys);
  }

  /** Tells whether there are keys. */
  public boolean haveKeys() {
    return signatures != null;
  }

  /** Returns names of the keys that tell nothing of them, that of the one that signs first. */
  public List<String> keyNames() {
    return keys.stream().map(EventSignatures::name).toList();
  }

  /** Returns the value of the header of a message, nothing without a key. */
  public Optional<String> sign(SignedMessage message) {
    return Optional.ofNullable(signatures).map(s -> VERSION + s.sign(EVENT, message.encoded()));
  }

  /** Tells whether the value of the header is that of the message; without a key it is not. */
  public boolean verify(SignedMessage message, String header) {
    return signatures != null
        && header.startsWith(VERSION)
        && signatures.verify(EVENT, message.encoded(), header.substring(VERSION.length()));
  }

  /**
   * Returns the signature of what is said of a stream; without a key nothing can be said.
   *
   * @throws IllegalStateException without a key
   */
  String sign(Position signedAfter) {
    if (signatures == null) {
      throw new IllegalStateException("there is no key in meower.events.key-file");
    }
    return VERSION + signatures.sign(SIGNED_AFTER, signedAfter.toString());
  }

  boolean verify(Position signedAfter, String signature) {
    return signatures != null
        && signature.startsWith(VERSION)
        && signatures.verify(
            SIGNED_AFTER, signedAfter.toString(), signature.substring(VERSION.length()));
  }

  private static String name(byte[] key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("name".getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest.digest(key), 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
