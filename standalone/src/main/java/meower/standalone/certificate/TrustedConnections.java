package meower.standalone.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** For those who look whether the servers work: they believe nobody but the authority. */
public final class TrustedConnections {
  private TrustedConnections() {}

  /**
   * Returns what makes connections to those who have a certificate of the authority.
   *
   * @throws IOException if the file cannot be read
   */
  public static SSLContext to(Path ca) throws IOException {
    try (var content = Files.newInputStream(ca)) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(content));
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return context(factory.getTrustManagers());
    } catch (GeneralSecurityException e) {
      throw new IOException(ca + " cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * Returns what makes connections to nobody but who has the certificate in a file, by whatever
   * name they are reached. The file is read for each connection.
   */
  public static SSLContext toHolderOf(Path certificate) {
    try {
      return context(new KnownHolder(certificate));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  private static SSLContext context(TrustManager... believed) throws GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(null, believed, null);
    return context;
  }
}
