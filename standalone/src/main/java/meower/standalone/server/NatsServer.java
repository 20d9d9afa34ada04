package meower.standalone.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import meower.standalone.certificate.Certificates;
import meower.standalone.certificate.ServerCertificate;
import meower.standalone.certificate.TrustedConnections;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Executables;
import meower.standalone.process.Http;
import meower.standalone.secret.PrivateFiles;

/** NATS with JetStream on the loopback interface; streams are files in the data folder. */
public final class NatsServer extends Server {
  private static final int PATIENCE_MILLIS = 2_000;

  /**
   * Each user of a NATS that asks for a name; what they may do stands with the passwords' places.
   */
  static final List<String> USERS =
      List.of("command", "query", "pusher", "program", "operations", Protection.SUPERVISOR);

  private final Path directory;
  private final int port;
  private final int monitoringPort;
  private final Optional<Protection> protection;

  /** For everybody. */
  public NatsServer(DataFolder data, int port, int monitoringPort) {
    this(data, port, monitoringPort, Optional.empty());
  }

  public NatsServer(
      DataFolder data, int port, int monitoringPort, Optional<Protection> protection) {
    super("nats", data);
    this.protection = protection;
    this.directory = data.of("nats");
    this.port = port;
    this.monitoringPort = monitoringPort;
  }

  public String url() {
    return (certificates().isPresent() ? "tls" : "nats") + "://127.0.0.1:" + port;
  }

  private Optional<Certificates> certificates() {
    return protection.flatMap(Protection::certificates);
  }

  @Override
  protected Launch prepare() throws IOException {
    Files.createDirectories(directory);
    return protection.isPresent() ? protectedLaunch(protection.get()) : openLaunch();
  }

  private Launch openLaunch() throws IOException {
    return new Launch(
        List.of(
            Executables.require("nats-server").toString(),
            "--addr=127.0.0.1",
            "--port=" + port,
            "--http_port=" + monitoringPort,
            "--jetstream",
            "--store_dir=" + directory),
        directory);
  }

  private Launch protectedLaunch(Protection with) throws IOException {
    String users = Files.readString(with.natsUsers());
    for (String user : USERS) {
      users =
          users.replace(
              "${MEOWER_NATS_%s_PASSWORD}".formatted(user.toUpperCase(Locale.ROOT)),
              password(with, user));
    }
    Path configuration =
        PrivateFiles.write(
            directory.resolve("nats-server.conf"),
            """
            listen: "127.0.0.1:%d"
            http: "127.0.0.1:%d"
            jetstream { store_dir: "%s" }
            %s
            %s\
            """
                .formatted(
                    port,
                    monitoringPort,
                    directory,
                    certificate().map(NatsServer::tls).orElse(""),
                    users));
    return new Launch(
        List.of(Executables.require("nats-server").toString(), "--config=" + configuration),
        directory);
  }

  @Override
  protected boolean copyCertificate() throws IOException {
    return certificate().isPresent();
  }

  private Optional<ServerCertificate> certificate() throws IOException {
    return protection.isPresent()
        ? protection.get().certificate(name(), directory.resolve("tls"))
        : Optional.empty();
  }

  private static String tls(ServerCertificate certificate) {
    return """
    tls {
      cert_file: "%s"
      key_file: "%s"
      timeout: 5
    }\
    """
        .formatted(certificate.certificate(), certificate.key());
  }

  private static String password(Protection with, String user) throws IOException {
    return with.secrets().of(user, Protection.NATS_PASSWORD);
  }

  @Override
  public boolean isReady() {
    return Http.isOk("http://127.0.0.1:" + monitoringPort + "/healthz");
  }

  /**
   * Asks for the state of a stream, whether there is one or not. A server whose disk was full can
   * say that it is healthy and never answer this again.
   */
  @Override
  public boolean isStuck() {
    try (var plain = new Socket()) {
      plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      plain.setSoTimeout(PATIENCE_MILLIS);
      var socket = certificates().isPresent() ? encrypted(plain, certificates().get()) : plain;
      socket.getOutputStream().write(question().getBytes(US_ASCII));
      var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      String line = lines.readLine();
      while (line != null && !line.startsWith("MSG ")) {
        line = lines.readLine();
      }
      return line == null;
    } catch (IOException _) {
      return true;
    }
  }

  private String question() throws IOException {
    return """
    CONNECT {"verbose":false,"pedantic":false,"name":"supervisor"%s}\r
    SUB supervisor.answer 1\r
    PUB $JS.API.STREAM.INFO.MEOWS supervisor.answer 0\r
    \r
    """
        .formatted(login());
  }

  private String login() throws IOException {
    return protection.isPresent()
        ? ",\"user\":\"%s\",\"pass\":\"%s\""
            .formatted(Protection.SUPERVISOR, password(protection.get(), Protection.SUPERVISOR))
        : "";
  }

  /** NATS says a line in clear, which says that everything after it is not. */
  private Socket encrypted(Socket plain, Certificates with) throws IOException {
    int read = plain.getInputStream().read();
    while (read >= 0 && read != '\n') {
      read = plain.getInputStream().read();
    }
    return TrustedConnections.to(with.ca())
        .getSocketFactory()
        .createSocket(plain, "127.0.0.1", port, false);
  }

  @Override
  protected Duration startTimeout() {
    return Duration.ofSeconds(30);
  }
}
