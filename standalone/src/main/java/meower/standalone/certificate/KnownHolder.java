package meower.standalone.certificate;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Believes whoever has the certificate in a file, and nobody else, by whatever name they are
 * reached: the certificate may be for names that lead to this machine from elsewhere only.
 */
final class KnownHolder extends X509ExtendedTrustManager {
  private final Path certificate;

  KnownHolder(Path certificate) {
    this.certificate = certificate;
  }

  /** Reads the file each time: it may have been renewed. */
  private void check(X509Certificate[] shown) throws CertificateException {
    try (var content = Files.newInputStream(certificate)) {
      if (!CertificateFactory.getInstance("X.509").generateCertificate(content).equals(shown[0])) {
        throw new CertificateException("it has not the certificate in " + certificate);
      }
    } catch (IOException e) {
      throw new CertificateException(certificate + " cannot be read", e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
