package meower.bench.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import meower.standalone.launcher.Arguments;
import meower.standalone.stack.PortPlan;

/**
 * What is measured, and how.
 *
 * @param rounds how often each contender is measured, without the one for warmth
 * @param time how long one measurement takes
 * @param meows how many there are at least, from few to many, one measurement for each
 * @param browsers how many are pushed to, from few to many, one measurement for each
 * @param held how long a snapshot is held before is measured what it does to queues
 * @param json where the results are written as JSON; empty for nowhere
 * @param charts the folder for a chart of each comparison; empty for none
 */
public record BenchOptions(
    Set<Subject> subjects,
    int rounds,
    Duration time,
    List<Integer> meows,
    List<Integer> browsers,
    Duration held,
    PortPlan ports,
    Optional<Path> json,
    Optional<Path> charts) {

  private static final int PORT = 17_080;

  /** What can be measured. */
  public enum Subject {
    TIMELINE,
    SEARCH,
    RELEVANCE,
    REBUILD,
    POST,
    PUSH,
    STEADY,
    LATENCY,
    REACH,
    SSE,
    SEARCHES,
    QUEUES,
    CALLBACKS,
    PRESENCE,
    START;

    /** These find a number of meows there, and are measured with the same ones. */
    public static final Set<Subject> OF_MEOWS = EnumSet.of(TIMELINE, SEARCH, REBUILD, POST);

    /** Returns how it is called on the command line. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public BenchOptions {
    subjects = Set.copyOf(subjects);
    meows = meows.stream().sorted().toList();
    browsers = browsers.stream().sorted().toList();
  }

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with a message for the person who typed it
   */
  public static BenchOptions parse(List<String> words) {
    Set<Subject> subjects = EnumSet.noneOf(Subject.class);
    List<String> rest = new ArrayList<>(words);
    while (!rest.isEmpty() && !rest.getFirst().startsWith("-")) {
      subjects.addAll(subjects(rest.removeFirst()));
    }
    int rounds = 5;
    double seconds = 5;
    List<Integer> meows = List.of(100_000);
    double minutes = 5;
    int port = PORT;
    List<Integer> browsers = List.of(1_000, 10_000);
    Optional<Path> json = Optional.empty();
    Optional<Path> charts = Optional.empty();
    for (var arguments = new Arguments(rest); arguments.hasNext(); ) {
      switch (arguments.nextOption()) {
        case "--rounds" -> rounds = arguments.wholeNumber();
        case "--seconds" -> seconds = arguments.number();
        case "--meows" -> meows = arguments.wholeNumbers();
        case "--browsers" -> browsers = arguments.wholeNumbers();
        case "--minutes" -> minutes = arguments.number();
        case "--port" -> port = arguments.wholeNumber();
        case "--json" -> json = Optional.of(Path.of(arguments.value()).toAbsolutePath());
        case "--charts" -> charts = Optional.of(Path.of(arguments.value()).toAbsolutePath());
        default -> throw arguments.unknown();
      }
    }
    if (rounds < 1 || seconds <= 0 || minutes <= 0) {
      throw new IllegalArgumentException(
          "there is at least one round, of more than 0 seconds, and more than 0 minutes");
    }
    return new BenchOptions(
        subjects.isEmpty() ? EnumSet.allOf(Subject.class) : subjects,
        rounds,
        Duration.ofMillis(Math.round(seconds * 1_000)),
        meows,
        browsers,
        Duration.ofMillis(Math.round(minutes * 60_000)),
        new PortPlan(port),
        json,
        charts);
  }

  private static Set<Subject> subjects(String word) {
    if (word.equals("all")) {
      return EnumSet.allOf(Subject.class);
    }
    for (Subject subject : Subject.values()) {
      if (subject.word().equals(word)) {
        return Set.of(subject);
      }
    }
    throw new IllegalArgumentException(
        "nothing to measure is called "
            + word
            + "; there are: all "
            + Stream.of(Subject.values()).map(Subject::word).collect(Collectors.joining(" ")));
  }
}
