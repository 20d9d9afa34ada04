package meower.standalone.launcher;

import java.nio.file.Path;
import java.util.List;
import meower.standalone.stack.PortPlan;

/**
 * What was asked for on the command line.
 *
 * @param clean whether to begin with empty servers
 * @param members whether only programs with a secret may read and post
 */
public record LauncherOptions(PortPlan ports, boolean clean, boolean members, Path data) {
  private static final int DEFAULT_PORT = 8080;

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with a message for the person who typed it
   */
  public static LauncherOptions parse(List<String> arguments, Path defaultData) {
    int port = DEFAULT_PORT;
    int instances = 1;
    boolean clean = false;
    boolean tls = false;
    boolean members = false;
    Path data = defaultData;
    for (var rest = new Arguments(arguments); rest.hasNext(); ) {
      switch (rest.nextOption()) {
        case "--port" -> port = rest.wholeNumber();
        case "--instances" -> instances = rest.wholeNumber();
        case "--data" -> data = Path.of(rest.value());
        case "--clean" -> clean = true;
        case "--tls" -> tls = true;
        case "--private" -> members = true;
        default -> throw rest.unknown();
      }
    }
    return new LauncherOptions(
        new PortPlan(port, instances, tls), clean, members, data.toAbsolutePath().normalize());
  }
}
