package meower.standalone;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * What was asked for on the command line.
 *
 * @param clean whether to begin with empty servers
 */
public record LauncherOptions(PortPlan ports, boolean clean, Path data) {
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
    Path data = defaultData;
    for (var rest = arguments.iterator(); rest.hasNext(); ) {
      String argument = rest.next();
      switch (argument) {
        case "--port" -> port = number(argument, rest);
        case "--instances" -> instances = number(argument, rest);
        case "--data" -> data = Path.of(value(argument, rest));
        case "--clean" -> clean = true;
        default -> throw new IllegalArgumentException("unknown option " + argument);
      }
    }
    return new LauncherOptions(
        new PortPlan(port, instances), clean, data.toAbsolutePath().normalize());
  }

  private static int number(String option, Iterator<String> rest) {
    String text = value(option, rest);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException(option + " needs a number, not " + text);
    }
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }
}
