package meower.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the services start faster; the last step of what {@code ./meower} builds. */
public final class Preparation {
  private Preparation() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var console = Console.ofThisProcess();
    var project = ProjectLayout.find();
    for (Part service : Part.SERVICES) {
      var prepared = project.service(service);
      if (!prepared.isCurrent()) {
        console.say(
            "  trial start of the " + service.label() + " service, for faster starts later");
        Path log = project.root().resolve("target/" + service.label() + "-preparation.log");
        Files.deleteIfExists(log);
        try {
          prepared.prepare(log);
        } catch (IOException e) {
          console.warn("  " + e.getMessage() + "; it will start more slowly");
        }
      }
    }
  }
}
