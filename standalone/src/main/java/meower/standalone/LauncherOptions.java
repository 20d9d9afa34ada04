package meower.standalone;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * What was asked for on the command line.
 *
 * @param clean whether to begin with empty servers
 */
public record LauncherOptions(int port, boolean clean, Path data) {
  private static final int DEFAULT_PORT = 8080;

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with a message for the person who typed it
   */
  public static LauncherOptions parse(List<String> arguments, Path defaultData) {
    int port = DEFAULT_PORT;
    boolean clean = false;
    Path data = defaultData;
    for (var rest = arguments.iterator(); rest.hasNext(); ) {
      String argument = rest.next();
      switch (argument) {
        case "--port" -> port = port(value(argument, rest));
        case "--data" -> data = Path.of(value(argument, rest));
        case "--clean" -> clean = true;
        default -> throw new IllegalArgumentException("unknown option " + argument);
      }
    }
    return new LauncherOptions(port, clean, data.toAbsolutePath().normalize());
  }

  private static int port(String text) {
    try {
      return new PortPlan(Integer.parseInt(text)).nginx();
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("--port needs a number, not " + text);
    }
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }
}
