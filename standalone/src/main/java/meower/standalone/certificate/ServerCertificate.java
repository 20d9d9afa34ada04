package meower.standalone.certificate;

import java.io.IOException;
import java.nio.file.Path;
import meower.standalone.secret.PrivateFiles;

/**
 * What a server needs for TLS, as files in PEM.
 *
 * @param key 0600, PKCS #8, without a password
 * @param ca what its clients trust
 */
public record ServerCertificate(Path certificate, Path key, Path ca) {
  /** Where they are in the folder of a server. */
  public static ServerCertificate in(Path folder, Path ca) {
    return new ServerCertificate(folder.resolve("certificate.pem"), folder.resolve("key.pem"), ca);
  }

  /** Writes certificate and key, both in PEM, into the folder of a server. */
  static ServerCertificate write(Path folder, String certificate, String key, Path ca)
      throws IOException {
    PrivateFiles.folder(folder);
    var written = in(folder, ca);
    PrivateFiles.write(written.key(), key);
    PrivateFiles.write(written.certificate(), certificate);
    return written;
  }
}
