package meower.e2e.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import meower.e2e.chaos.load.LoadOptions;
import meower.e2e.chaos.program.load.ProgramOptions;
import meower.standalone.launcher.Arguments;
import meower.standalone.stack.PortPlan;

/**
 * How a run is done.
 *
 * @param time for which faults strike, and longer where every kind has not struck by then
 * @param data where everything is written; empty for a temporary folder
 * @param bounds what counts as too long
 * @param only the names of the faults that may strike, as in the table, or parts of these; empty
 *     for all
 */
record ChaosOptions(
    Duration time,
    long seed,
    PortPlan ports,
    Optional<Path> data,
    LoadOptions load,
    ProgramOptions programs,
    Bounds bounds,
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
    boolean tls = false;
    int instances = 1;
    int posts = USUAL_LOAD.posts();
    int browsers = USUAL_LOAD.browsers();
    int said = ProgramOptions.USUAL.said();
    int messages = ProgramOptions.USUAL.messages();
    int sightings = ProgramOptions.USUAL.sightings();
    Optional<Path> data = Optional.empty();
    Duration reach = Bounds.PROMISED.reach();
    Duration recovery = Bounds.PROMISED.recovery();
    List<String> only = List.of();
    for (var rest = new Arguments(arguments); rest.hasNext(); ) {
      switch (rest.nextOption()) {
        case "--minutes" -> minutes = rest.number();
        case "--seed" -> seed = rest.wholeNumber();
        case "--port" -> port = rest.wholeNumber();
        case "--tls" -> tls = true;
        case "--instances" -> instances = rest.wholeNumber();
        case "--posts" -> posts = rest.wholeNumber();
        case "--browsers" -> browsers = rest.wholeNumber();
        case "--said" -> said = rest.wholeNumber();
        case "--messages" -> messages = rest.wholeNumber();
        case "--sightings" -> sightings = rest.wholeNumber();
        case "--data" -> data = Optional.of(Path.of(rest.value()).toAbsolutePath());
        case "--reach" -> reach = seconds(rest.number());
        case "--recovery" -> recovery = seconds(rest.number());
        case "--only" -> only = List.of(rest.value().split(","));
        default -> throw rest.unknown();
      }
    }
    return new ChaosOptions(
        Duration.ofSeconds(Math.round(minutes * 60)),
        seed,
        new PortPlan(port, instances, tls),
        data,
        new LoadOptions(posts, browsers, USUAL_LOAD.readers()),
        new ProgramOptions(said, messages, sightings),
        new Bounds(reach, recovery),
        only);
  }

  private static Duration seconds(double number) {
    return Duration.ofMillis(Math.round(number * 1_000));
  }
}
