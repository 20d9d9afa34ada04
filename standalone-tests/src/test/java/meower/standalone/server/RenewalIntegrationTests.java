package meower.standalone.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import meower.standalone.certificate.Certificates;
import meower.standalone.certificate.TrustedConnections;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Ports;
import meower.standalone.secret.Secrets;
import meower.standalone.stack.ProjectLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates end while the servers run. */
class RenewalIntegrationTests {

  private static final List<String> NAMES = List.of("postgres", "nats", "elasticsearch");
  private static final byte[] POSTGRES_WANTS_TLS = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

  @TempDir private Path folder;
  private DataFolder data;
  private Secrets secrets;
  private Protection protection;

  @BeforeEach
  void prepare() throws Exception {
    data = new DataFolder(folder);
    data.create();
    secrets = new Secrets(folder.resolve("secrets"));
    certificates(Instant.now().minus(Duration.ofDays(368))).ensure(NAMES);
    var certificates = certificates(Instant.now());
    protection = new Protection(secrets, ProjectLayout.find().root(), Optional.of(certificates));
    protection.makePasswords();
  }

  @Test
  void postgresGoesOnWithTheConnectionsThatItHas() throws Exception {
    int port = Ports.free();
    try (var postgres =
        new PostgresServer(
            ProjectLayout.find().postgresHome(), data, port, Optional.of(protection))) {
      postgres.start();
      String url = postgres.jdbcUrl() + PostgresServer.encryption(ca());
      String password = secrets.of("command", Protection.POSTGRES_PASSWORD);
      BigInteger first = presented(port, postgres.name());
      try (var open = DriverManager.getConnection(url, Protection.COMMAND_ROLE, password)) {
        renew(postgres);

        assertPresentsAnother(first, port, postgres.name());
        assertThat(open.createStatement().execute("select 1")).isTrue();
      }
    }
  }

  @Test
  void natsGoesOnWithTheConnectionsThatItHas() throws Exception {
    int port = Ports.free();
    try (var nats = new NatsServer(data, port, Ports.free(), Optional.of(protection))) {
      nats.start();
      BigInteger first = presented(port, nats.name());
      var options =
          new Options.Builder()
              .server(nats.url())
              .userInfo("command", secrets.of("command", Protection.NATS_PASSWORD))
              .sslContext(TrustedConnections.to(ca()))
              .noReconnect()
              .build();
      var open = Nats.connect(options);
      try {
        renew(nats);

        assertPresentsAnother(first, port, nats.name());
        open.flush(Duration.ofSeconds(5));
        assertThat(open.getStatus()).hasToString("CONNECTED");
      } finally {
        open.close();
      }
    }
  }

  @Test
  void elasticsearchLooksByItself() throws Exception {
    int port = Ports.free();
    try (var elasticsearch =
        new ElasticsearchServer(
            ProjectLayout.find().elasticsearchHome(),
            data,
            port,
            Ports.free(),
            "256m",
            Optional.of(protection))) {
      elasticsearch.start();
      BigInteger first = presented(port, elasticsearch.name());
      renew(elasticsearch);

      assertPresentsAnother(first, port, elasticsearch.name());
      assertThat(elasticsearch.isReady()).isTrue();
    }
  }

  private Certificates certificates(Instant now) {
    return new Certificates(folder.resolve("tls"), secrets, Clock.fixed(now, ZoneOffset.UTC));
  }

  private Path ca() {
    return folder.resolve("tls/ca.pem");
  }

  /** Less than thirty days are left. */
  private void renew(Server server) throws Exception {
    assertThat(certificates(Instant.now()).ensure(NAMES)).contains(server.name());
    server.renewCertificate();
  }

  private void assertPresentsAnother(BigInteger first, int port, String server) {
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreException(IOException.class)
        .untilAsserted(() -> assertThat(presented(port, server)).isNotEqualTo(first));
  }

  /** The number of the certificate with which a server begins. */
  private BigInteger presented(int port, String server) throws IOException {
    SSLContext trusted = TrustedConnections.to(ca());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      switch (server) {
        case "postgres" -> {
          socket.getOutputStream().write(POSTGRES_WANTS_TLS);
          assertThat(socket.getInputStream().read()).isEqualTo('S');
        }
        case "nats" -> {
          int read = socket.getInputStream().read();
          while (read >= 0 && read != '\n') {
            read = socket.getInputStream().read();
          }
        }
        default -> {}
      }
      try (SSLSocket secure =
          (SSLSocket) trusted.getSocketFactory().createSocket(socket, "localhost", port, true)) {
        secure.startHandshake();
        return secure.getSession().getPeerCertificates()[0] instanceof X509Certificate shown
            ? shown.getSerialNumber()
            : BigInteger.ZERO;
      }
    }
  }
}
