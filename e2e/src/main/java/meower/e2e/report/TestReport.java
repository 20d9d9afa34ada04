package meower.e2e.report;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * {@code ./meower test}: counts what the test runners reported and prints it; what failed and why
 * near the end, where also a shortened log has it, and the sum as the last line.
 *
 * <p>It is run from its source, because what is tested may not compile: it uses nothing but the
 * JDK.
 */
public final class TestReport {
  private static final Pattern SUITE = Pattern.compile("<testsuite\\s[^>]*>");
  private static final int LONGEST_REASON = 600;

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
    failures(Path.of(arguments[0])).forEach(failure -> System.out.println("  failed: " + failure));
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
    for (Path module : modules(root)) {
      addXml(module, "unit", module.resolve("target/surefire-reports"), counts);
      addXml(module, "integration", module.resolve("target/failsafe-reports"), counts);
    }
    addJson(root.resolve("target/test-reports"), counts);
    return counts;
  }

  /** Returns a line for each test of the services that failed. */
  private static List<String> failures(Path root) throws IOException {
    var failures = new ArrayList<String>();
    for (Path module : modules(root)) {
      for (String kind : List.of("surefire", "failsafe")) {
        for (Path file : reports(module.resolve("target").resolve(kind + "-reports"))) {
          failures.addAll(failuresOfXml(Files.readString(file)));
        }
      }
    }
    return failures;
  }

  private static List<Path> modules(Path root) throws IOException {
    try (Stream<Path> modules = Files.list(root)) {
      return modules.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static List<Path> reports(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.getFileName().toString().matches("TEST-.*\\.xml")).toList();
    }
  }

  private static void addXml(Path module, String kind, Path folder, List<Counts> counts)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    var sum = new Counts(module.getFileName() + " " + kind, 0, 0, 0);
    for (Path file : reports(folder)) {
      sum = sum.plus(ofXml(Files.readString(file)));
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

  /** Returns which tests failed and why, a line each, of a report of the same form. */
  static List<String> failuresOfXml(String xml) {
    var failures = new ArrayList<String>();
    String test = "";
    try {
      XMLStreamReader reader =
          XMLInputFactory.newFactory().createXMLStreamReader(new StringReader(xml));
      while (reader.hasNext()) {
        if (reader.next() != XMLStreamConstants.START_ELEMENT) {
          continue;
        }
        switch (reader.getLocalName()) {
          case "testcase" ->
              test = attribute(reader, "classname") + "." + attribute(reader, "name");
          case "failure", "error" -> failures.add(test + ": " + reason(reader));
          default -> {}
        }
      }
    } catch (XMLStreamException e) {
      throw new IllegalArgumentException("not a test report", e);
    }
    return failures;
  }

  private static String reason(XMLStreamReader failure) {
    String message = attribute(failure, "message");
    String reason = message.isEmpty() ? attribute(failure, "type") : message;
    return reason
        .strip()
        .replaceAll("\\s+", " ")
        .transform(line -> line.substring(0, Math.min(line.length(), LONGEST_REASON)));
  }

  private static String attribute(XMLStreamReader element, String name) {
    String value = element.getAttributeValue(null, name);
    return value == null ? "" : value;
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
