package meower.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import meower.standalone.certificate.Certificates;
import meower.standalone.secret.Secrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TrustIntegrationTests {

  private static final String SERVER = "nats";
  private static final int TIMEOUT_MILLIS = 10_000;

  @TempDir Path folder;

  @Test
  void believesWhomTheAuthorityHasSignedForThisHost() throws Exception {
    Certificates own = certificates("own");
    Certificates other = certificates("other");
    try (SSLServerSocket server = server("own")) {
      assertThat(greeting(server, own.ca(), "localhost")).isEqualTo('+');
      assertThat(greeting(server, own.ca(), "127.0.0.1")).isEqualTo('+');
      assertThatThrownBy(() -> greeting(server, other.ca(), "localhost"))
          .isInstanceOf(SSLException.class);
      assertThatThrownBy(() -> greeting(server, own.ca(), "nats.example"))
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("nats.example");
    }
  }

  @Test
  void saysWhatIsWrongWithTheFile() throws Exception {
    Path missing = folder.resolve("missing.pem");
    assertThatThrownBy(() -> Trust.of(missing, Clock.systemUTC()))
        .isInstanceOf(TrustException.class)
        .hasMessageContainingAll("meower.tls.ca", missing.toString(), "cannot be read");

    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    assertThatThrownBy(() -> Trust.of(empty, Clock.systemUTC()))
        .isInstanceOf(TrustException.class)
        .hasMessageContaining("has no certificate.");

    Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
    assertThatThrownBy(() -> Trust.of(nonsense, Clock.systemUTC()))
        .isInstanceOf(TrustException.class)
        .hasMessageContaining("is no certificate in PEM");

    Path ca = certificates("own").ca();
    Instant late = Instant.now().plus(Duration.ofDays(4_000));
    assertThatThrownBy(() -> Trust.of(ca, Clock.fixed(late, ZoneOffset.UTC)))
        .isInstanceOf(TrustException.class)
        .hasMessageContaining("has no certificate that is valid now");
  }

  @Test
  void startsNotWithoutItsCertificateAndSaysSo(CapturedOutput output) {
    SpringApplicationBuilder service =
        new SpringApplicationBuilder(TlsConfiguration.class)
            .web(WebApplicationType.NONE)
            .properties("meower.tls.ca=" + folder.resolve("missing.pem"));

    assertThatThrownBy(() -> service.run()).hasRootCauseInstanceOf(IOException.class);

    assertThat(output.getAll())
        .contains("APPLICATION FAILED TO START", "missing.pem, cannot be read", "meower.tls.ca")
        .doesNotContain("\tat ");
  }

  private Certificates certificates(String name) throws Exception {
    Certificates certificates = new Certificates(tls(name), secrets(name), Clock.systemUTC());
    certificates.ensure(List.of(SERVER));
    return certificates;
  }

  private Path tls(String name) {
    return folder.resolve(name).resolve("tls");
  }

  private Secrets secrets(String name) {
    return new Secrets(folder.resolve(name).resolve("secrets"));
  }

  private SSLServerSocket server(String name) throws Exception {
    char[] password = secrets(name).of("certificates", "keys.password").toCharArray();
    KeyStore all = KeyStore.getInstance(tls(name).resolve("keys.p12").toFile(), password);
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    one.setKeyEntry(
        SERVER, all.getKey(SERVER, password), password, all.getCertificateChain(SERVER));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(one, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return (SSLServerSocket)
        context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  /** Returns the first byte that the server says to whoever believes it. */
  private static int greeting(SSLServerSocket server, Path ca, String host) throws Exception {
    CompletableFuture<Void> answered =
        CompletableFuture.runAsync(() -> greet(server), Thread::startVirtualThread);
    java.net.Socket plain = new java.net.Socket(server.getInetAddress(), server.getLocalPort());
    plain.setSoTimeout(TIMEOUT_MILLIS);
    SSLContext context = Trust.of(ca, Clock.systemUTC()).context();
    try (SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(plain, host, server.getLocalPort(), true)) {
      return socket.getInputStream().read();
    } finally {
      answered.join();
    }
  }

  private static void greet(SSLServerSocket server) {
    try (SSLSocket socket = (SSLSocket) server.accept()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write('+');
    } catch (IOException _) {
      // The one who was sent away says so.
    }
  }
}
