package meower.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import meower.standalone.server.ServerFailedException;

/** Makes the services start faster; the last step of what {@code ./meower} builds. */
public final class Preparation {
  private final ProjectLayout project;
  private final Console console;

  private Preparation(ProjectLayout project, Console console) {
    this.project = project;
    this.console = console;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    of(ProjectLayout.find());
  }

  /**
   * Prepares what has been built since the last time.
   *
   * @throws IOException if a service cannot be unpacked; it can still be run from its jar
   */
  public static void of(ProjectLayout project) throws IOException, InterruptedException {
    new Preparation(project, Console.ofThisProcess()).run();
  }

  private void run() throws IOException, InterruptedException {
    boolean needed = false;
    for (Part part : Part.SERVICES) {
      var service = project.service(part);
      if (!service.isUnpacked()) {
        service.unpack(logOf(part));
      }
      needed |= !service.hasCache();
    }
    if (needed) {
      rehearse();
    }
  }

  private void rehearse() throws IOException, InterruptedException {
    console.say("A rehearsal with some load, after which the services start faster");
    try {
      new Rehearsal(project).run();
    } catch (IOException | ServerFailedException e) {
      console.warn(
          "  the rehearsal failed, the services will be slower at first: " + e.getMessage());
    }
    for (Part part : Part.SERVICES) {
      if (!project.service(part).hasCache()) {
        console.warn("  the " + part.label() + " service will start more slowly");
      }
    }
  }

  private Path logOf(Part part) throws IOException {
    Path log = project.root().resolve("target/" + part.label() + "-preparation.log");
    Files.createDirectories(log.getParent());
    Files.deleteIfExists(log);
    return log;
  }
}
