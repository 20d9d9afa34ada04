package meower.standalone.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What to execute: the command, the folder to run in, and the variables it gets besides ours. */
public record Launch(List<String> command, Path directory, Map<String, String> environment) {
  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  public Launch(List<String> command, Path directory) {
    this(command, directory, Map.of());
  }

  Launch prefixedWith(List<String> prefix) {
    var prefixed = new ArrayList<>(prefix);
    prefixed.addAll(command);
    return new Launch(prefixed, directory, environment);
  }
}
