package meower.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code ./meower test}: counts what the test runners reported and prints it, the sum as the last
 * line.
 *
 * <p>It is run from its source, because what is tested may not compile: it uses nothing but the
 * JDK.
 */
public final class TestReport {
  private static final Pattern SUITE = Pattern.compile("<testsuite\\s[^>]*>");

  /** What one runner reported about one module. */
  record Counts(String name, int passed, int failed, int skipped) {
    Counts plus(Counts other) {
      return new Counts(
          name, passed + other.passed, failed + other.failed, skipped + other.skipped);
    }

    String line() {
      return "%d passed, %d failed, %d skipped".formatted(passed, failed, skipped);
    }
  }

  private TestReport() {}

  /**
   * Prints the report and exits with 0 only when everything is in order.
   *
   * @param arguments the clone's folder, then the names of steps that failed
   */
  public static void main(String[] arguments) throws IOException {
    var counts = collect(Path.of(arguments[0]));
    counts.forEach(c -> System.out.println("  %-28s %s".formatted(c.name(), c.line())));
    var failedSteps = List.of(arguments).subList(1, arguments.length);
    failedSteps.forEach(step -> System.out.println("  failed step: " + step));
    Counts sum = counts.stream().reduce(new Counts("sum", 0, 0, 0), Counts::plus);
    System.out.println(sum.line());
    System.exit(isGood(sum, failedSteps) ? 0 : 1);
  }

  static boolean isGood(Counts sum, List<String> failedSteps) {
    return failedSteps.isEmpty() && sum.failed() == 0 && sum.passed() > 0;
  }

  static List<Counts> collect(Path root) throws IOException {
    var counts = new ArrayList<Counts>();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : modules.filter(Files::isDirectory).sorted().toList()) {
        addXml(module, "unit", module.resolve("target/surefire-reports"), counts);
        addXml(module, "integration", module.resolve("target/failsafe-reports"), counts);
      }
    }
    addJson(root.resolve("target/test-reports"), counts);
    return counts;
  }

  private static void addXml(Path module, String kind, Path folder, List<Counts> counts)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    var sum = new Counts(module.getFileName() + " " + kind, 0, 0, 0);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().matches("TEST-.*\\.xml")).toList()) {
        sum = sum.plus(ofXml(Files.readString(file)));
      }
    }
    counts.add(sum);
  }

  private static void addJson(Path folder, List<Counts> counts) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        String name = file.getFileName().toString().replace(".json", "");
        counts.add(ofJson(name, Files.readString(file)));
      }
    }
  }

  /** Of a report as Surefire and Failsafe write it. */
  static Counts ofXml(String xml) {
    Matcher suite = SUITE.matcher(xml);
    if (!suite.find()) {
      throw new IllegalArgumentException(
          "not a test report: " + xml.lines().findFirst().orElse(""));
    }
    String start = suite.group();
    int failed = number(start, "\\sfailures=\"(\\d+)\"") + number(start, "\\serrors=\"(\\d+)\"");
    int skipped = number(start, "\\sskipped=\"(\\d+)\"");
    return new Counts("", number(start, "\\stests=\"(\\d+)\"") - failed - skipped, failed, skipped);
  }

  /** Of a report as Vitest's json reporter writes it. */
  static Counts ofJson(String name, String json) {
    int skipped =
        number(json, "\"numPendingTests\":\\s*(\\d+)")
            + number(json, "\"numTodoTests\":\\s*(\\d+)");
    return new Counts(
        name,
        number(json, "\"numPassedTests\":\\s*(\\d+)"),
        number(json, "\"numFailedTests\":\\s*(\\d+)"),
        skipped);
  }

  private static int number(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new IllegalArgumentException("the test report lacks " + pattern);
    }
    return Integer.parseInt(matcher.group(1));
  }
}
