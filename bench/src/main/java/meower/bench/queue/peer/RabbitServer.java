package meower.bench.queue.peer;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Executables;
import meower.standalone.process.Http;
import meower.standalone.server.Launch;
import meower.standalone.server.Server;

/** RabbitMQ with its HTTP API, as one node on loopback. */
public final class RabbitServer extends Server {

  /** Debian's own in the PATH would become another user, for the files of Debian's own service. */
  private static final Path DEBIAN = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

  private final Path directory;
  private final int port;
  private final int epmdPort;

  /**
   * @param port the first of four
   */
  public RabbitServer(DataFolder data, int port) {
    super("rabbitmq", data);
    this.directory = data.of("rabbitmq");
    this.port = port;
    this.epmdPort = port + 3;
  }

  /** Returns the program, when it is installed. */
  public static Optional<Path> program() {
    return Stream.concat(
            Stream.of(DEBIAN).filter(Files::isExecutable),
            Executables.find("rabbitmq-server").stream())
        .findFirst();
  }

  /** Returns what has to run before it does. */
  public static Server before(DataFolder data, RabbitServer server) {
    return new Epmd(data, server.epmdPort);
  }

  int amqpPort() {
    return port;
  }

  int httpPort() {
    return port + 1;
  }

  @Override
  protected Launch prepare() throws IOException {
    Files.createDirectories(directory);
    Path configuration = directory.resolve("rabbitmq.conf");
    Files.writeString(
        configuration,
        """
        listeners.tcp.1 = 127.0.0.1:%d
        management.tcp.ip = 127.0.0.1
        management.tcp.port = %d
        log.console = true
        log.console.level = warning
        log.file = false
        """
            .formatted(amqpPort(), httpPort()));
    Path plugins = directory.resolve("enabled_plugins");
    Files.writeString(plugins, "[rabbitmq_management].\n");
    Path none = directory.resolve("rabbitmq-env.conf");
    Files.writeString(none, "");
    return new Launch(
        List.of(program().orElseThrow().toString()),
        directory,
        Map.ofEntries(
            Map.entry("HOME", directory.toString()),
            Map.entry("ERL_EPMD_PORT", "" + epmdPort),
            Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
            Map.entry("RABBITMQ_NODENAME", "bench" + port + "@localhost"),
            Map.entry("RABBITMQ_DIST_PORT", "" + (port + 2)),
            Map.entry(
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                "-kernel inet_dist_use_interface {127,0,0,1}"),
            Map.entry("RABBITMQ_CONFIG_FILE", configuration.toString()),
            Map.entry("RABBITMQ_CONF_ENV_FILE", none.toString()),
            Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", plugins.toString()),
            Map.entry("RABBITMQ_MNESIA_BASE", directory.resolve("mnesia").toString()),
            Map.entry("RABBITMQ_LOG_BASE", directory.resolve("log").toString()),
            Map.entry("RABBITMQ_PID_FILE", directory.resolve("pid").toString())));
  }

  /** Nobody is let in without a name: the API is there. */
  @Override
  public boolean isReady() {
    return Http.status("http://127.0.0.1:" + httpPort() + "/api/overview")
        == HttpURLConnection.HTTP_UNAUTHORIZED;
  }

  @Override
  protected Duration startTimeout() {
    return Duration.ofMinutes(2);
  }

  @Override
  protected Duration stopTimeout() {
    return Duration.ofSeconds(30);
  }
}
