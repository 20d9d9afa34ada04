package meower.standalone.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import meower.standalone.process.DataFolder;
import meower.standalone.process.PidFile;
import meower.standalone.process.ServerFailedException;

/**
 * The stack that {@code ./meower up} runs in another process, for commands that talk to it.
 *
 * @param ports where its parts listen
 */
public record RunningStack(PortPlan ports) {

  /**
   * Finds the stack that runs with the data folder.
   *
   * @throws ServerFailedException telling how to start one, if none runs
   */
  public static RunningStack find(Path folder) {
    var data = new DataFolder(folder);
    Path port = data.run().resolve("port");
    try {
      if (new PidFile(data.pidFile("launcher")).read().isPresent() && Files.exists(port)) {
        return new RunningStack(new PortPlan(Integer.parseInt(Files.readString(port).strip())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new ServerFailedException(
        "Meower is not running with the data in "
            + data.root()
            + ". Start it in another terminal: ./meower up",
        List.of());
  }

  /** Returns where its servers are, under the names of the services' environment. */
  public Map<String, String> settings() {
    return ServiceSettings.servers(ports);
  }
}
