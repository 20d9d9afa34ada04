package meower.standalone.stack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import meower.standalone.certificate.OwnCertificate;
import meower.standalone.certificate.SelfSigned;
import meower.standalone.certificate.TrustedConnections;
import meower.standalone.process.DataFolder;
import meower.standalone.proxy.Doors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients reach Meower by a name for which the operator has a certificate. */
class OwnCertificateIntegrationTests {
  private static final String NAME = "meower.example";
  private static final String HSTS = "Strict-Transport-Security: max-age=31536000";

  @TempDir Path folder;
  @TempDir Path files;
  private OwnCertificate own;
  private LoneProxy proxy;

  @BeforeEach
  void start() throws Exception {
    own = SelfSigned.make(files, "EC", 30, NAME);
    proxy =
        new LoneProxy(
            folder,
            PortPlan.freeWithTls(),
            options -> options.with(Doors.OPEN.withCertificate(own)));
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  @Test
  void itIsShownAndItsNameIsKnown() throws Exception {
    for (String line :
        List.of(
            "GET /", "GET /wall", "GET /wall/setup", "GET /meows", "GET /nowhere", "GET /events")) {
      try (var client = connect()) {
        assertThat(ask(client, line, NAME)).as(line).contains(HSTS + "\r\n");
      }
    }
    try (var client = connect()) {
      assertThat(ask(client, "GET /", NAME)).startsWith("HTTP/1.1 200");
      assertThat(ask(client, "GET /", "other.example")).startsWith("HTTP/1.1 421");
    }
  }

  /** They would ask for everything on this machine over TLS from then on. */
  @Test
  void browsersAreToldNothingForLocalhostOrWithoutTls() throws Exception {
    try (var client = connect()) {
      for (String host : List.of("localhost", "127.0.0.1", "[::1]", "a.localhost")) {
        assertThat(ask(client, "GET /", host)).doesNotContain("Strict-Transport");
      }
    }
    assertThat(proxy.ask("GET /", "Host: " + NAME))
        .startsWith("HTTP/1.1 308")
        .contains("Location: https://" + NAME + ":" + proxy.ports.secure() + "/")
        .doesNotContain("Strict-Transport");
  }

  @Test
  void anotherOneInItsPlaceIsShownWithoutALostConnection() throws Exception {
    assertThat(proxy.renewCertificates()).isEmpty();
    try (var client = connect()) {
      BigInteger first = serial(client);
      own = SelfSigned.make(files, "EC", 60, NAME);

      assertThat(proxy.renewCertificates()).containsExactly("nginx has a new certificate");

      await()
          .atMost(Duration.ofMinutes(1))
          .ignoreExceptionsInstanceOf(SSLException.class)
          .until(() -> !shown().equals(first));
      assertThat(ask(client, "GET /", NAME)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void whatCannotBeUsedIsNotShown() throws Exception {
    Files.writeString(own.key(), "");

    assertThat(proxy.renewCertificates())
        .singleElement()
        .asString()
        .contains("certificates cannot be renewed", "has no key in PEM");

    try (var client = connect()) {
      assertThat(ask(client, "GET /", NAME)).startsWith("HTTP/1.1 200");
    }
  }

  /** That its name leads to this machine from here is nowhere said. */
  @Test
  void commandsOfThisMachineBelieveItAndNoOther() throws Exception {
    var stack = RunningStack.of(proxy.ports, new DataFolder(folder.resolve("data")));
    HttpRequest request = HttpRequest.newBuilder(stack.proxy()).build();
    try (var client = stack.client().build()) {
      assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
    SelfSigned.make(files, "EC", 30, NAME);
    Path shown = Security.shown(stack.data());
    Files.copy(own.certificate(), shown, StandardCopyOption.REPLACE_EXISTING);

    try (var client = stack.client().build()) {
      assertThatThrownBy(() -> client.send(request, BodyHandlers.discarding()))
          .isInstanceOf(SSLException.class)
          .hasStackTraceContaining("it has not the certificate in " + shown);
    }
  }

  private BigInteger shown() throws IOException {
    try (var client = connect()) {
      return serial(client);
    }
  }

  private static BigInteger serial(SSLSocket client) throws IOException {
    return ((X509Certificate) client.getSession().getPeerCertificates()[0]).getSerialNumber();
  }

  /** By its name, and only if it shows that it may have it. */
  private SSLSocket connect() throws IOException {
    var plain = new Socket(InetAddress.getLoopbackAddress(), proxy.ports.secure());
    var client =
        (SSLSocket)
            TrustedConnections.to(own.certificate())
                .getSocketFactory()
                .createSocket(plain, NAME, proxy.ports.secure(), true);
    var parameters = client.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    client.setSSLParameters(parameters);
    client.setSoTimeout(10_000);
    client.startHandshake();
    return client;
  }

  /** Returns status and headers. */
  private static String ask(SSLSocket client, String line, String host) throws IOException {
    String wire = line + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
    client.getOutputStream().write(wire.getBytes(ISO_8859_1));
    var answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      answer.append((char) client.getInputStream().read());
    }
    var length = answer.indexOf("Content-Length: ");
    if (length >= 0) {
      int end = answer.indexOf("\r\n", length);
      client.getInputStream().readNBytes(Integer.parseInt(answer.substring(length + 16, end)));
    }
    return answer.toString();
  }
}
