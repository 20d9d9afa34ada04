package meower.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Tells a right server from a wrong one: by who has signed its certificate, and for which host. */
public final class Trust {

  private static final String WHAT_TO_DO =
      " With ./meower up it is tls/ca.pem of the data folder, made anew by a start when it is"
          + " missing.";

  private final SSLContext context;

  private Trust(@Nullable KeyStore authorities) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authorities);
      TrustManager[] managers =
          Arrays.stream(factory.getTrustManagers())
              .filter(X509ExtendedTrustManager.class::isInstance)
              .map(manager -> new HostChecks((X509ExtendedTrustManager) manager))
              .toArray(TrustManager[]::new);
      context = SSLContext.getInstance("TLS");
      context.init(null, managers, null);
    } catch (GeneralSecurityException e) {
      throw new TrustException("TLS cannot be used with this JDK", e);
    }
  }

  /** Believes those whom the JDK believes. */
  public static Trust ofTheJdk() {
    return new Trust(null);
  }

  /**
   * Believes those whose certificates these authorities have signed.
   *
   * @param file in PEM
   * @throws TrustException if it cannot be read, or has no certificate that is valid now
   */
  public static Trust of(Path file, Clock clock) {
    Date now = Date.from(clock.instant());
    List<X509Certificate> valid = new ArrayList<>();
    @Nullable CertificateException last = null;
    for (Certificate certificate : read(file)) {
      try {
        X509Certificate authority = (X509Certificate) certificate;
        authority.checkValidity(now);
        valid.add(authority);
      } catch (CertificateException e) {
        last = e;
      }
    }
    if (last != null && valid.isEmpty()) {
      throw new TrustException(setting(file) + " has no certificate that is valid now", last);
    }
    if (valid.isEmpty()) {
      throw new TrustException(setting(file) + " has no certificate." + WHAT_TO_DO);
    }
    return new Trust(store(valid));
  }

  /** Returns what makes connections that end at once when the server is not the right one. */
  public SSLContext context() {
    return context;
  }

  private static Collection<? extends Certificate> read(Path file) {
    try (InputStream content = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(content);
    } catch (IOException e) {
      throw new TrustException(setting(file) + " cannot be read." + WHAT_TO_DO, e);
    } catch (CertificateException e) {
      throw new TrustException(setting(file) + " is no certificate in PEM." + WHAT_TO_DO, e);
    }
  }

  private static String setting(Path file) {
    return "The file that meower.tls.ca names, " + file + ",";
  }

  private static KeyStore store(List<X509Certificate> authorities) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (X509Certificate authority : authorities) {
        store.setCertificateEntry("ca-" + store.size(), authority);
      }
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new TrustException("TLS cannot be used with this JDK", e);
    }
  }
}
