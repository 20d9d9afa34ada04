package meower.standalone.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import meower.standalone.certificate.Certificates;
import meower.standalone.certificate.ServerCertificate;
import meower.standalone.certificate.TrustedConnections;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Folders;
import meower.standalone.process.Http;
import meower.standalone.process.ServerFailedException;
import meower.standalone.process.Unprivileged;
import meower.standalone.secret.PrivateFiles;

/** One Elasticsearch node on the loopback interface, without the modules nobody here needs. */
public final class ElasticsearchServer extends Server {
  private static final String LOGGING =
      """
      status = error
      appender.console.type = Console
      appender.console.name = console
      appender.console.layout.type = PatternLayout
      appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
      rootLogger.level = info
      rootLogger.appenderRef.console.ref = console
      """;

  private final Path home;
  private final Path directory;
  private final int port;
  private final int transportPort;
  private final String heap;
  private final Optional<Protection> protection;

  /**
   * Without TLS, for everybody.
   *
   * @param heap as in -Xmx, for example {@code 256m}
   */
  public ElasticsearchServer(Path home, DataFolder data, int port, int transportPort, String heap) {
    this(home, data, port, transportPort, heap, Optional.empty());
  }

  /**
   * @param heap as in -Xmx, for example {@code 256m}
   */
  public ElasticsearchServer(
      Path home,
      DataFolder data,
      int port,
      int transportPort,
      String heap,
      Optional<Protection> protection) {
    super("elasticsearch", data);
    this.protection = protection;
    this.home = home;
    this.directory = data.of("elasticsearch");
    this.port = port;
    this.transportPort = transportPort;
    this.heap = heap;
  }

  public String url() {
    return (certificates().isPresent() ? "https" : "http") + "://127.0.0.1:" + port;
  }

  @Override
  protected Launch prepare() throws IOException, InterruptedException {
    Path program = home.resolve("bin/elasticsearch");
    if (!Files.isExecutable(program)) {
      throw new IOException(
          home + " is missing; it is unpacked by the build (./meower up, or mvn verify)");
    }
    writeConfiguration();
    var command = new ArrayList<>(Unprivileged.prefix(program, directory));
    command.add(program.toString());
    return new Launch(command, directory, environment());
  }

  private void writeConfiguration() throws IOException {
    Path config = Files.createDirectories(directory.resolve("config"));
    Path temporary = directory.resolve("tmp");
    Folders.delete(temporary);
    Files.createDirectories(temporary);
    Files.createDirectories(directory.resolve("data"));
    Files.createDirectories(directory.resolve("home"));
    Files.writeString(config.resolve("elasticsearch.yml"), settings() + security());
    if (protection.isPresent()) {
      new ElasticsearchUsers(protection.get()).write(config);
    }
    Files.write(config.resolve("jvm.options"), jvmOptions());
    Files.writeString(config.resolve("log4j2.properties"), LOGGING);
  }

  /** ES_JAVA_OPTS cannot change the collector; G1 and its log cost memory and disk. */
  private List<String> jvmOptions() throws IOException {
    try (var lines = Files.lines(home.resolve("config/jvm.options"))) {
      return lines
          .filter(line -> !line.startsWith("-Xlog:") && !line.startsWith("-XX:+HeapDump"))
          .map(line -> line.equals("-XX:+UseG1GC") ? "-XX:+UseSerialGC" : line)
          .toList();
    }
  }

  private String settings() {
    return """
    cluster.name: meower
    node.name: meower
    path.data: "%s"
    path.logs: "%s"
    network.host: 127.0.0.1
    http.port: %d
    transport.port: %d
    discovery.type: single-node
    # A development machine's disk is often nearly full; by default the node would stop writing at 95 %%.
    cluster.routing.allocation.disk.threshold_enabled: false
    # A node whose disk was full for a moment would leave the cluster for two minutes; alone it has nobody to leave it to.
    monitor.fs.health.enabled: false
    # With the serial collector much of the heap is waste that has not been looked for yet; counted as used, it would end in 429.
    indices.breaker.total.use_real_memory: false
    """
        .formatted(directory.resolve("data"), directory.resolve("logs"), port, transportPort);
  }

  private String security() throws IOException {
    if (protection.isEmpty()) {
      return "xpack.security.enabled: false\n";
    }
    return """
    xpack.security.enabled: true
    xpack.security.autoconfiguration.enabled: false
    xpack.security.authc:
      reserved_realm.enabled: false
      realms.file.users.order: 0
    """
        + (certificates().isPresent() ? encryption(certificates().get()) : "");
  }

  /** It looks by itself whether the files are others. */
  @Override
  protected boolean copyCertificate() throws IOException {
    if (certificates().isPresent()) {
      certificate(certificates().get());
    }
    return false;
  }

  /** It may read nothing outside of its folder. */
  private ServerCertificate certificate(Certificates certificates) throws IOException {
    var copy = certificates.copy(name(), directory.resolve("config").resolve("tls"));
    Path ca = copy.key().resolveSibling("ca.pem");
    Files.copy(copy.ca(), ca, StandardCopyOption.REPLACE_EXISTING);
    return new ServerCertificate(copy.certificate(), copy.key(), ca);
  }

  /** Between nodes, too: who has no certificate of the authority does not join. */
  private String encryption(Certificates certificates) throws IOException {
    var certificate = certificate(certificates);
    return """
    xpack.security.http.ssl:
      enabled: true
      key: "%1$s"
      certificate: "%2$s"
      supported_protocols: [TLSv1.3, TLSv1.2]
    xpack.security.transport.ssl:
      enabled: true
      key: "%1$s"
      certificate: "%2$s"
      certificate_authorities: ["%3$s"]
    """
        .formatted(certificate.key(), certificate.certificate(), certificate.ca());
  }

  private Map<String, String> environment() {
    return Map.of(
        "ES_JAVA_HOME",
        System.getProperty("java.home"),
        // Of what starts it and then waits.
        "CLI_JAVA_OPTS",
        "-XX:TieredStopAtLevel=1",
        // Its roles would go into an index for which the embedded server has no filter.
        "ES_JAVA_OPTS",
        "-Xms" + heap + " -Xmx" + heap + " -Des.queryable_built_in_roles_enabled=false",
        "ES_PATH_CONF",
        directory.resolve("config").toString(),
        "ES_TMPDIR",
        directory.resolve("tmp").toString(),
        "HOME",
        directory.resolve("home").toString());
  }

  private Optional<Certificates> certificates() {
    return protection.flatMap(Protection::certificates);
  }

  @Override
  public boolean isReady() {
    String health = url() + "/_cluster/health?wait_for_status=yellow&timeout=1s";
    boolean ready = protection.isPresent() ? isOk(health, protection.get()) : Http.isOk(health);
    if (ready) {
      restrictKeystore();
    }
    return ready;
  }

  /** It makes that file for its group, too, whatever the umask. */
  private void restrictKeystore() {
    Path keystore = directory.resolve("config/elasticsearch.keystore");
    try {
      if (Files.exists(keystore)) {
        PrivateFiles.restrict(keystore);
      }
    } catch (IOException e) {
      throw new ServerFailedException(keystore + " cannot be taken from others", e);
    }
  }

  private boolean isOk(String url, Protection with) {
    try {
      Optional<SSLContext> trusted =
          certificates().isPresent()
              ? Optional.of(TrustedConnections.to(certificates().get().ca()))
              : Optional.empty();
      return Http.isOk(url, new ElasticsearchUsers(with).supervisor(), trusted);
    } catch (IOException e) {
      throw new ServerFailedException("what Elasticsearch is asked with cannot be read", e);
    }
  }

  @Override
  protected Duration startTimeout() {
    return Duration.ofMinutes(2);
  }
}
