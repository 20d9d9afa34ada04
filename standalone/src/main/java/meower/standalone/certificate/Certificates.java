package meower.standalone.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import meower.standalone.secret.PrivateFiles;
import meower.standalone.secret.Secrets;

/**
 * An authority of a data folder's own, and the certificates that it signs for the parts of a stack.
 *
 * <p>What clients trust is one file, {@link #ca()}. It stays the same until the authority ends
 * after ten years, so the certificates can be renewed without anybody noticing.
 */
public final class Certificates {
  /** So much is left of a certificate at least when a stack has started. */
  static final Duration LEAST_LEFT = Duration.ofDays(30);

  /** The most that browsers take. */
  static final int SERVER_DAYS = 397;

  static final int AUTHORITY_DAYS = 3_650;
  private static final String AUTHORITY = "ca";
  private static final String USER = "certificates";
  private static final String SETTING = "keys.password";

  private final Path folder;
  private final Secrets secrets;
  private final Clock clock;

  /**
   * @param folder where they are; only its owner may enter it
   * @param secrets has the password of the key store
   */
  public Certificates(Path folder, Secrets secrets, Clock clock) {
    this.folder = folder;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** What clients are to trust: {@code curl --cacert}, {@code wscat --ca}. */
  public Path ca() {
    return folder.resolve("ca.pem");
  }

  /**
   * Makes what is missing and renews what ends within 30 days, or is not signed by the authority.
   *
   * @return the names of those that were made or renewed, {@code ca} among them
   */
  public List<String> ensure(List<String> names) throws IOException {
    PrivateFiles.folder(folder);
    var keys = KeyFile.read(store(), secret());
    var stale = keys.stale(AUTHORITY, names, clock.instant().plus(LEAST_LEFT));
    if (!stale.isEmpty()) {
      renew(keys, stale);
    }
    String certificate = keys.certificate(AUTHORITY);
    if (!Files.exists(ca()) || !Files.readString(ca()).equals(certificate)) {
      PrivateFiles.write(ca(), certificate);
    }
    return stale;
  }

  /**
   * Writes key and certificate of a part where that one can read them.
   *
   * @throws IOException when there is none: {@link #ensure} makes it
   */
  public ServerCertificate copy(String name, Path target) throws IOException {
    var keys = KeyFile.read(store(), secret());
    return ServerCertificate.write(target, keys.certificate(name), keys.key(name), ca());
  }

  /** The file has all of them, or stays as it is. */
  private void renew(KeyFile keys, List<String> names) throws IOException {
    var issuer = new Issuer(clock.instant());
    if (names.contains(AUTHORITY)) {
      keys.put(AUTHORITY, issuer.makeAuthority("CN=Meower of " + owner(), AUTHORITY_DAYS));
    }
    var authority = keys.entry(AUTHORITY);
    for (String name : names) {
      if (!name.equals(AUTHORITY)) {
        keys.put(name, issuer.makeServer("CN=Meower " + name, SERVER_DAYS, authority));
      }
    }
    PrivateFiles.write(store(), keys.content());
  }

  /** Tells several authorities apart in a list of trusted ones. */
  private String owner() {
    return clock.instant().toString().substring(0, 10);
  }

  private Path store() {
    return folder.resolve("keys.p12");
  }

  private String secret() throws IOException {
    return secrets.of(USER, SETTING);
  }
}
