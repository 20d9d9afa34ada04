package meower.e2e.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Ports;
import meower.standalone.stack.PortPlan;
import meower.standalone.stack.StackOptions;

/**
 * Whether tests come in over TLS: all do with {@code ./meower test --tls}, in CI only those that
 * are about TLS.
 */
public final class FrontDoor {
  private static final boolean TLS = Boolean.getBoolean("meower.tests.tls");
  private static final KeyStore TRUSTED = empty();
  private static final String PASSWORD = "nothing secret";
  private static final Set<Integer> SECURE = ConcurrentHashMap.newKeySet();

  private FrontDoor() {}

  /** Returns ports that are free, for a stack of so many instances. */
  public static PortPlan free(int instances) {
    return TLS
        ? Stream.generate(() -> PortPlan.free(instances).withTls())
            .filter(plan -> Ports.isFree(plan.secure()))
            .findFirst()
            .orElseThrow()
        : PortPlan.free(instances);
  }

  /** Has this JVM believe a stack that was started, besides those from before. */
  public static synchronized void trust(StackOptions stack) throws IOException {
    if (!stack.ports().tls()) {
      return;
    }
    Access access = new Access(stack.ports(), new DataFolder(stack.data()));
    try (InputStream ca = Files.newInputStream(access.ca())) {
      TRUSTED.setCertificateEntry(
          "ca-" + stack.ports().secure(),
          CertificateFactory.getInstance("X.509").generateCertificate(ca));
      // Clients that have no default context of their own begin with this file.
      Path file = Files.createTempFile("meower-trusted", ".p12");
      file.toFile().deleteOnExit();
      try (OutputStream out = Files.newOutputStream(file)) {
        TRUSTED.store(out, PASSWORD.toCharArray());
      }
      System.setProperty("javax.net.ssl.trustStore", file.toString());
      System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(TRUSTED);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      SSLContext.setDefault(context);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    SECURE.add(stack.ports().secure());
  }

  private static KeyStore empty() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns where clients come in. */
  public static int port(PortPlan ports) {
    return ports.tls() ? ports.secure() : ports.nginx();
  }

  public static String url(PortPlan ports) {
    return (ports.tls() ? "https" : "http") + "://127.0.0.1:" + port(ports);
  }

  /** Returns what is to be written to and read from, of a socket that is connected. */
  public static Socket opened(Socket connected) throws IOException {
    if (!SECURE.contains(connected.getPort())) {
      return connected;
    }
    try {
      return SSLContext.getDefault()
          .getSocketFactory()
          .createSocket(connected, "localhost", connected.getPort(), true);
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
  }
}
