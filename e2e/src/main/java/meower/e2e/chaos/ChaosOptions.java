package meower.e2e.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import meower.e2e.chaos.load.LoadOptions;
import meower.standalone.PortPlan;

/**
 * How a run is done.
 *
 * @param time for which faults strike
 * @param data where everything is written; empty for a temporary folder
 * @param only the names of the faults that may strike, as in the table, or parts of these; empty
 *     for all
 */
record ChaosOptions(
    Duration time,
    long seed,
    PortPlan ports,
    Optional<Path> data,
    LoadOptions load,
    List<String> only) {

  static final LoadOptions USUAL_LOAD = new LoadOptions(100, 40, 4);

  private static final int PORT = 18_080;

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with a message for the person who typed it
   */
  static ChaosOptions parse(List<String> arguments) {
    double minutes = 2;
    long seed = System.nanoTime() % 1_000_000;
    int port = PORT;
    int instances = 1;
    int posts = USUAL_LOAD.posts();
    int browsers = USUAL_LOAD.browsers();
    Optional<Path> data = Optional.empty();
    List<String> only = List.of();
    for (var rest = arguments.iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case "--minutes" -> minutes = number(option, rest);
        case "--seed" -> seed = (long) number(option, rest);
        case "--port" -> port = (int) number(option, rest);
        case "--instances" -> instances = (int) number(option, rest);
        case "--posts" -> posts = (int) number(option, rest);
        case "--browsers" -> browsers = (int) number(option, rest);
        case "--data" -> data = Optional.of(Path.of(value(option, rest)).toAbsolutePath());
        case "--only" -> only = List.of(value(option, rest).split(","));
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }
    return new ChaosOptions(
        Duration.ofSeconds(Math.round(minutes * 60)),
        seed,
        new PortPlan(port, instances),
        data,
        new LoadOptions(posts, browsers, USUAL_LOAD.readers()),
        only);
  }

  private static double number(String option, Iterator<String> rest) {
    String text = value(option, rest);
    try {
      return Double.parseDouble(text);
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
