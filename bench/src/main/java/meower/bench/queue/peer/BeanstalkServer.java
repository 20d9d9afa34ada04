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

/** beanstalkd with a log that is synced at each write ({@code -f0}). */
public final class BeanstalkServer extends Server {

  public static final String PROGRAM = "beanstalkd";

  private final Path directory;
  private final int port;

  public BeanstalkServer(DataFolder data, int port) {
    super("beanstalkd", data);
    this.directory = data.of("beanstalkd");
    this.port = port;
  }

  int port() {
    return port;
  }

  @Override
  protected Launch prepare() throws IOException {
    Files.createDirectories(directory);
    return new Launch(
        List.of(
            Executables.require(PROGRAM).toString(),
            "-l",
            "127.0.0.1",
            "-p",
            "" + port,
            "-b",
            directory.toString(),
            "-f0"),
        directory);
  }

  @Override
  public boolean isReady() {
    return !Ports.isFree(port);
  }

  @Override
  protected Duration startTimeout() {
    return Duration.ofSeconds(30);
  }
}
