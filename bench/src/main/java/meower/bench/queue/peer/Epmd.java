package meower.bench.queue.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Executables;
import meower.standalone.process.Ports;
import meower.standalone.server.Launch;
import meower.standalone.server.Server;

/** Where Erlang's nodes find each other. RabbitMQ would start one that stays for ever. */
final class Epmd extends Server {

  private final Path directory;
  private final int port;

  Epmd(DataFolder data, int port) {
    super("epmd", data);
    this.directory = data.of("rabbitmq");
    this.port = port;
  }

  @Override
  protected Launch prepare() throws IOException {
    Files.createDirectories(directory);
    return new Launch(
        List.of(
            Executables.require("epmd").toString(), "-address", "127.0.0.1", "-port", "" + port),
        directory);
  }

  @Override
  public boolean isReady() {
    return !Ports.isFree(port);
  }

  @Override
  protected Duration startTimeout() {
    return Duration.ofSeconds(20);
  }
}
