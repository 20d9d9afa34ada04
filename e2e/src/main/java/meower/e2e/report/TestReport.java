package meower.e2e.report;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
      add(module, "unit", module.resolve("target/surefire-reports"), counts);
      add(module, "integration", module.resolve("target/failsafe-reports"), counts);
    }
    for (Path file : reports(ofPage(root))) {
      counts.add(count(nameOf(file), List.of(file)));
    }
    return counts;
  }

  /** Returns a line for each test that failed. */
  private static List<String> failures(Path root) throws IOException {
    var folders = new ArrayList<Path>();
    for (Path module : modules(root)) {
      folders.add(module.resolve("target/surefire-reports"));
      folders.add(module.resolve("target/failsafe-reports"));
    }
    folders.add(ofPage(root));
    var failures = new ArrayList<String>();
    for (Path folder : folders) {
      for (Path file : reports(folder)) {
        failures.addAll(failures(Files.readString(file)));
      }
    }
    return failures;
  }

  private static Path ofPage(Path root) {
    return root.resolve("target/test-reports");
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
      return files
          .filter(f -> f.getFileName().toString().matches("TEST-.*\\.xml"))
          .sorted()
          .toList();
    }
  }

  private static void add(Path module, String kind, Path folder, List<Counts> counts)
      throws IOException {
    if (Files.isDirectory(folder)) {
      counts.add(count(module.getFileName() + " " + kind, reports(folder)));
    }
  }

  private static String nameOf(Path report) {
    return report.getFileName().toString().replaceAll("^TEST-|\\.xml$", "");
  }

  private static Counts count(String name, List<Path> reports) throws IOException {
    var sum = new Counts(name, 0, 0, 0);
    for (Path file : reports) {
      sum = sum.plus(counts(Files.readString(file)));
    }
    return sum;
  }

  /** Of a report as JUnit writes it, and as Vitest does, which has a suite for each file. */
  static Counts counts(String xml) {
    var suites = new ArrayList<Counts>();
    forEachElement(
        xml,
        element -> {
          if (element.getLocalName().equals("testsuite")) {
            int failed = number(element, "failures") + number(element, "errors");
            int skipped = number(element, "skipped");
            int passed = number(element, "tests") - failed - skipped;
            suites.add(new Counts("", passed, failed, skipped));
          }
        });
    return suites.stream()
        .reduce(Counts::plus)
        .orElseThrow(() -> new IllegalArgumentException("not a test report: " + start(xml)));
  }

  private static String start(String text) {
    return text.lines().findFirst().orElse("");
  }

  /** Returns which tests failed and why, a line each, of a report of the same form. */
  static List<String> failures(String xml) {
    var failures = new ArrayList<String>();
    var test = new StringBuilder();
    forEachElement(
        xml,
        element -> {
          switch (element.getLocalName()) {
            case "testcase" -> {
              test.setLength(0);
              test.append(attribute(element, "classname")).append('.');
              test.append(attribute(element, "name"));
            }
            case "failure", "error" -> failures.add(test + ": " + reason(element));
            default -> {}
          }
        });
    return failures;
  }

  private static void forEachElement(String xml, Consumer<XMLStreamReader> action) {
    try {
      XMLStreamReader reader =
          XMLInputFactory.newFactory().createXMLStreamReader(new StringReader(xml));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT) {
          action.accept(reader);
        }
      }
    } catch (XMLStreamException e) {
      throw new IllegalArgumentException("not a test report: " + start(xml), e);
    }
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

  private static int number(XMLStreamReader element, String name) {
    String value = attribute(element, name);
    return value.isEmpty() ? 0 : Integer.parseInt(value);
  }
}
