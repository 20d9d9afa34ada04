package meower.standalone.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import meower.standalone.process.DataFolder;
import meower.standalone.process.PidFile;
import meower.standalone.process.ProcessTree;
import meower.standalone.stack.Orphans;
import meower.standalone.stack.ProjectLayout;

/** {@code ./meower down}: stops the stack of a data folder, also when its launcher was killed. */
public final class Down {
  /** The services' grace period for their last requests, and some more for the servers. */
  private static final Duration GRACE = Duration.ofSeconds(90);

  private Down() {}

  public static void main(String[] arguments) throws Exception {
    var console = Console.ofThisProcess();
    Path defaultData = ProjectLayout.find().root().resolve("data");
    try {
      var data = new DataFolder(LauncherOptions.parse(List.of(arguments), defaultData).data());
      stop(data, console);
    } catch (IllegalArgumentException e) {
      console.warn("meower: " + e.getMessage());
      System.exit(2);
    }
  }

  private static void stop(DataFolder data, Console console) throws Exception {
    var file = new PidFile(data.pidFile("launcher"));
    var launcher = file.read();
    if (launcher.isPresent()) {
      console.say("Stopping Meower (process " + launcher.get().pid() + ")");
      new ProcessTree(launcher.get()).stop("TERM", GRACE);
    }
    var orphans = new Orphans(data).end();
    file.delete();
    console.say(
        launcher.isPresent() || !orphans.isEmpty()
            ? "Stopped"
            : "Meower is not running with the data in " + data.root());
  }
}
