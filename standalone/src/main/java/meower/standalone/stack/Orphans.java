package meower.standalone.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import meower.standalone.process.DataFolder;
import meower.standalone.process.PidFile;
import meower.standalone.process.ProcessTree;

/**
 * Processes of a stack whose launcher was killed: found by their pid files and ended before a new
 * start.
 */
public record Orphans(DataFolder data) {
  private static final Duration GRACE = Duration.ofSeconds(15);

  /** Ends them, services before the servers they use. Returns their names. */
  public List<String> end() throws IOException, InterruptedException {
    var ended = new ArrayList<String>();
    for (var instance : Instance.all(Instance.MOST).reversed()) {
      Path path = data.pidFile(instance.label());
      if (!Files.exists(path)) {
        continue;
      }
      var file = new PidFile(path);
      var orphan = file.read();
      if (orphan.isPresent()) {
        new ProcessTree(orphan.get())
            .stop(instance.part() == Part.POSTGRES ? "INT" : "TERM", GRACE);
        ended.add(instance.label());
      }
      file.delete();
    }
    return ended;
  }
}
