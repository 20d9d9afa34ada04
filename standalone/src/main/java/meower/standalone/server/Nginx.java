package meower.standalone.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import meower.standalone.process.Executables;
import meower.standalone.process.Unprivileged;

/** How an nginx is started that keeps everything of its own in one folder. */
public final class Nginx {

  private Nginx() {}

  /**
   * Writes the configuration and says what to execute.
   *
   * @param readable what its workers read
   * @param directory what they write to; made if it is not there
   * @param configuration a complete one, which keeps nginx in the foreground
   */
  public static Launch launch(Path readable, Path directory, String configuration)
      throws IOException, InterruptedException {
    Path nginx = Executables.require("nginx");
    Files.createDirectories(directory);
    Path file = directory.resolve("nginx.conf");
    Files.writeString(file, configuration);
    List<String> command = new ArrayList<>(Unprivileged.prefix(readable, directory));
    command.addAll(
        List.of(nginx.toString(), "-e", "stderr", "-p", directory + "/", "-c", file.toString()));
    return new Launch(command, directory);
  }
}
