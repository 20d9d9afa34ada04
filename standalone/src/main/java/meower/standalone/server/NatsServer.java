package meower.standalone.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** NATS with JetStream on the loopback interface; streams are files in the data folder. */
public final class NatsServer extends Server {
  private final Path directory;
  private final int port;
  private final int monitoringPort;

  public NatsServer(DataFolder data, int port, int monitoringPort) {
    super("nats", data);
    this.directory = data.of("nats");
    this.port = port;
    this.monitoringPort = monitoringPort;
  }

  public String url() {
    return "nats://127.0.0.1:" + port;
  }

  @Override
  protected Launch prepare() throws IOException {
    Files.createDirectories(directory);
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

  @Override
  public boolean isReady() {
    return Http.isOk("http://127.0.0.1:" + monitoringPort + "/healthz");
  }

  @Override
  protected Duration startTimeout() {
    return Duration.ofSeconds(30);
  }
}
