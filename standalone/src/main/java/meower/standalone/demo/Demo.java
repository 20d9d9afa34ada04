package meower.standalone.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import meower.standalone.Console;
import meower.standalone.Part;
import meower.standalone.PortPlan;
import meower.standalone.ProjectLayout;
import meower.standalone.server.DataFolder;
import meower.standalone.server.PidFile;
import meower.standalone.server.ServerFailedException;

/**
 * {@code ./meower demo}: fills the feed of the running stack for somebody who wants to look around.
 */
public final class Demo {
  private Demo() {}

  public static void main(String[] arguments) throws Exception {
    var console = Console.ofThisProcess();
    try {
      var options =
          DemoOptions.parse(List.of(arguments), ProjectLayout.find().root().resolve("data"));
      int port = portOfRunningStack(new DataFolder(options.data()));
      // Past nginx, whose limit for posts is meant for people.
      var meows = URI.create("http://127.0.0.1:" + new PortPlan(port).of(Part.COMMAND) + "/meows");
      var texts = new DemoTexts(ThreadLocalRandom.current().nextLong()).stream();
      new DemoPoster(meows, console).post(texts, options.count());
      console.say("Look at http://localhost:" + port);
    } catch (IllegalArgumentException e) {
      console.warn("meower: " + e.getMessage());
      System.exit(2);
    } catch (ServerFailedException e) {
      console.warn("meower: " + e.getMessage());
      System.exit(1);
    }
  }

  private static int portOfRunningStack(DataFolder data) throws IOException {
    Path port = data.run().resolve("port");
    if (new PidFile(data.pidFile("launcher")).read().isEmpty() || !Files.exists(port)) {
      throw new ServerFailedException(
          "Meower is not running with the data in "
              + data.root()
              + ". Start it in another terminal: ./meower up",
          List.of());
    }
    return Integer.parseInt(Files.readString(port).strip());
  }
}
