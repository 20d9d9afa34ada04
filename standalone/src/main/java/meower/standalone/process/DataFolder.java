package meower.standalone.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import meower.standalone.secret.PrivateFiles;

/**
 * Where one stack keeps everything it writes: a folder per server, the logs, and the process ids.
 */
public record DataFolder(Path root) {
  /** Those that do not belong to one server, which looks after its own. */
  private static final List<String> SHARED = List.of("logs", "run", "keys", "secrets", "tls");

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

  /**
   * Makes it for its owner alone. What an earlier version has let others read is taken from them;
   * what is in the folder and not ours stays as it is.
   */
  public void create() throws IOException {
    PrivateFiles.folder(root);
    PrivateFiles.folder(logs());
    PrivateFiles.folder(run());
    for (String folder : SHARED) {
      PrivateFiles.restrictAll(of(folder));
    }
  }
}
