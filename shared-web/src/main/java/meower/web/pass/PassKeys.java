package meower.web.pass;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import meower.signing.KeyFile;
import meower.signing.Signatures;
import meower.signing.Voucher;
import meower.web.log.SeldomLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes passes and reads them.
 *
 * <p>A pass is {@code p1.<key id>.<payload>.<mac>}: the payload is Base64 of {@code program <name>
 * <scope>,<scope> <end in seconds>}, the rest HMAC-SHA256. The key file is read again when it has
 * changed: keys are changed without a restart.
 */
public final class PassKeys {

  private static final Logger log = LoggerFactory.getLogger(PassKeys.class);
  private static final SeldomLog seldom = new SeldomLog(log);
  private static final String VERSION = "p1";
  private static final String PURPOSE = "pass";
  private static final String PROGRAM = "program";
  private static final int PARTS = 4;
  private static final int FIELDS = 4;
  private static final int ID_LENGTH = 8;

  private record Key(String id, Signatures signatures) {}

  private record Ring(FileTime changed, List<Key> keys) {}

  private final @Nullable Path file;
  private final Clock clock;
  private volatile Ring ring;

  /**
   * @param file one key in each line, the first one signs, all of them verify; made with a new one
   *     when it is not there
   * @throws IOException if it can be neither read nor made
   */
  public PassKeys(Path file, Clock clock) throws IOException {
    this.file = file;
    this.clock = clock;
    this.ring = read(file);
  }

  private PassKeys(Ring ring, Clock clock) {
    this.file = null;
    this.clock = clock;
    this.ring = ring;
  }

  /** Returns keys that nobody else has: they believe no other process, and none believes them. */
  public static PassKeys ofThisProcess(Clock clock) {
    return new PassKeys(ring(FileTime.fromMillis(0), List.of(KeyFile.random())), clock);
  }

  /** Returns the pass as it is sent. */
  public String write(Pass pass) {
    String scopes =
        pass.scopes().stream().map(Scope::label).sorted().collect(Collectors.joining(","));
    String payload =
        String.join(
            " ", PROGRAM, pass.program(), scopes, Long.toString(pass.ends().getEpochSecond()));
    Key key = current().keys().getFirst();
    String signed = String.join(".", VERSION, key.id(), base64(payload));
    return signed + "." + key.signatures().sign(PURPOSE, signed);
  }

  /** Tells whether the secret is one with which an owner of these keys vouches for the program. */
  public boolean vouch(String program, String secret) {
    return current().keys().stream()
        .anyMatch(key -> Voucher.isGood(secret, program, key.signatures()));
  }

  /** Returns the pass, or nothing when it is forged, over, or no pass at all. */
  public Optional<Pass> read(String text) {
    return verified(text).filter(pass -> !isOver(pass));
  }

  /** Returns whether it is a pass that was good and is over, by the clock of this machine. */
  boolean isOver(String text) {
    return verified(text).filter(this::isOver).isPresent();
  }

  private boolean isOver(Pass pass) {
    return !clock.instant().isBefore(pass.ends());
  }

  private Optional<Pass> verified(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != PARTS || !parts[0].equals(VERSION)) {
      return Optional.empty();
    }
    String signed = text.substring(0, text.lastIndexOf('.'));
    return current().keys().stream()
        .filter(key -> key.id().equals(parts[1]))
        .filter(key -> key.signatures().verify(PURPOSE, signed, parts[PARTS - 1]))
        .findFirst()
        .flatMap(_ -> payload(parts[2]));
  }

  private static Optional<Pass> payload(String base64) {
    try {
      String[] fields =
          new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8).split(" ", -1);
      if (fields.length != FIELDS || !fields[0].equals(PROGRAM)) {
        return Optional.empty();
      }
      return Optional.of(
          new Pass(
              fields[1],
              scopes(fields[2]),
              Instant.ofEpochSecond(Long.parseLong(fields[FIELDS - 1]))));
    } catch (IllegalArgumentException | DateTimeException e) {
      log.error("pass=unreadable reason=\"{}\"", e.getMessage());
      return Optional.empty(); // signed by a version that writes others
    }
  }

  /** A scope that this version does not know opens nothing here. */
  private static Set<Scope> scopes(String labels) {
    return Arrays.stream(labels.split(","))
        .map(Scope::of)
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  /** A file that cannot be read leaves the keys as they were, until it changes again. */
  private Ring current() {
    Ring known = ring;
    if (file == null) {
      return known;
    }
    try {
      FileTime changed = Files.getLastModifiedTime(file);
      if (!changed.equals(known.changed())) {
        ring = new Ring(changed, known.keys());
        ring = read(file);
        log.info("pass-keys={} state=read keys={}", file, ring.keys().size());
      }
    } catch (IOException | IllegalStateException e) {
      seldom.warn("pass-keys=%s state=unreadable reason=\"%s\"".formatted(file, e));
    }
    return ring;
  }

  private static Ring read(Path file) throws IOException {
    List<byte[]> keys = KeyFile.read(file);
    return ring(Files.getLastModifiedTime(file), keys);
  }

  private static Ring ring(FileTime changed, List<byte[]> keys) {
    return new Ring(
        changed, keys.stream().map(key -> new Key(id(key), new Signatures(List.of(key)))).toList());
  }

  private static String id(byte[] key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, ID_LENGTH);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
