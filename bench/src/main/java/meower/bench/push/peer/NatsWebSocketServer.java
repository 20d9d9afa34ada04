package meower.bench.push.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Executables;
import meower.standalone.process.Http;
import meower.standalone.server.Launch;
import meower.standalone.server.Server;

/** A nats-server of its own, without JetStream, that browsers can connect to. */
public final class NatsWebSocketServer extends Server {

  private final Path directory;
  private final int port;

  /**
   * @param port the first of three
   */
  public NatsWebSocketServer(DataFolder data, int port) {
    super("nats-websocket", data);
    this.directory = data.of("nats-websocket");
    this.port = port;
  }

  /** Returns where clients that are no browsers connect. */
  public String url() {
    return "nats://127.0.0.1:" + port;
  }

  int webSocketPort() {
    return port + 1;
  }

  @Override
  protected Launch prepare() throws IOException {
    Files.createDirectories(directory);
    Path configuration = directory.resolve("nats.conf");
    Files.writeString(
        configuration,
        """
        listen: 127.0.0.1:%d
        http: 127.0.0.1:%d
        websocket { listen: "127.0.0.1:%d", no_tls: true, compression: false }
        """
            .formatted(port, port + 2, port + 1));
    return new Launch(
        List.of(Executables.require("nats-server").toString(), "-c", configuration.toString()),
        directory);
  }

  @Override
  public boolean isReady() {
    return Http.isOk("http://127.0.0.1:" + (port + 2) + "/healthz");
  }

  @Override
  protected Duration startTimeout() {
    return Duration.ofSeconds(30);
  }
}
