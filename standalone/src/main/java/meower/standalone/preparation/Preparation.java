package meower.standalone.preparation;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import meower.standalone.launcher.Console;
import meower.standalone.process.ServerFailedException;
import meower.standalone.stack.Part;
import meower.standalone.stack.PortInUseException;
import meower.standalone.stack.ProjectLayout;

/** Makes the services start faster; the last step of what {@code ./meower} builds. */
public final class Preparation {
  private final ProjectLayout project;
  private final Console console;

  private Preparation(ProjectLayout project, Console console) {
    this.project = project;
    this.console = console;
  }

  public static void main(String[] arguments) throws InterruptedException {
    prepare(ProjectLayout.find());
  }

  /** Prepares what has been built since the last time; when that fails it costs speed only. */
  public static void prepare(ProjectLayout project) throws InterruptedException {
    var console = Console.ofThisProcess();
    try {
      new Preparation(project, console).runAlone();
    } catch (IOException | ServerFailedException | PortInUseException e) {
      console.warn(
          "  the services are not prepared and will be slower at first: " + e.getMessage());
    }
  }

  /** Whoever else prepares the same services meanwhile waits, and then finds them prepared. */
  private void runAlone() throws IOException, InterruptedException {
    Path services = project.root().resolve("target/services");
    Files.createDirectories(services);
    try (FileChannel file =
            FileChannel.open(
                services.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = file.lock()) {
      run();
    }
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
      console.say("A rehearsal with some load, after which the services start faster");
      new Rehearsal(project).run();
      requireCaches();
    }
  }

  private void requireCaches() throws IOException {
    for (Part part : Part.SERVICES) {
      if (!project.service(part).hasCache()) {
        throw new IOException("the " + part.label() + " service has made no AOT cache");
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
