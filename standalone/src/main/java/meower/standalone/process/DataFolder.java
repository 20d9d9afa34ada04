package meower.standalone.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where one stack keeps everything it writes: a folder per server, the logs, and the process ids.
 */
public record DataFolder(Path root) {
  public DataFolder {
    root = root.toAbsolutePath().normalize();
  }

  /** The folder a server keeps its data in; it survives restarts. */
  public Path of(String server) {
    return root.resolve(server);
  }

  public Path logs() {
    return root.resolve("logs");
  }

  public Path log(String server) {
    return logs().resolve(server + ".log");
  }

  /** Where the process ids are. */
  public Path run() {
    return root.resolve("run");
  }

  public Path pidFile(String server) {
    return run().resolve(server + ".pid");
  }

  public void create() throws IOException {
    Files.createDirectories(logs());
    Files.createDirectories(run());
  }
}
