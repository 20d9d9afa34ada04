package meower.standalone.demo;

import java.net.URI;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import meower.standalone.launcher.Console;
import meower.standalone.process.ServerFailedException;
import meower.standalone.stack.Part;
import meower.standalone.stack.PortPlan;
import meower.standalone.stack.ProjectLayout;
import meower.standalone.stack.RunningStack;

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
      PortPlan ports = RunningStack.find(options.data()).ports();
      // Past nginx, whose limit for posts is meant for people.
      var meows = URI.create("http://127.0.0.1:" + ports.of(Part.COMMAND) + "/meows");
      var texts = new DemoTexts(ThreadLocalRandom.current().nextLong()).stream();
      new DemoPoster(meows, console).post(texts, options.count());
      console.say("Look at " + ports.url());
    } catch (IllegalArgumentException e) {
      console.warn("meower: " + e.getMessage());
      System.exit(2);
    } catch (ServerFailedException e) {
      console.warn("meower: " + e.getMessage());
      System.exit(1);
    }
  }
}
