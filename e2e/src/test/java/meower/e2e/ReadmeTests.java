package meower.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import meower.standalone.stack.ProjectLayout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the README says of the code is there. */
class ReadmeTests {

  private static final Pattern QUESTION = Pattern.compile("\\| … [^|]*\\? \\| (.*) \\|");
  private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)`");

  /** A class of tests, a test of the one before, or both. */
  private static final Pattern TEST =
      Pattern.compile("`([A-Z]\\w*Tests)?(?:\\.(\\w+)|([a-z]+(?:[A-Z]\\w*){3,}))?`");

  private static final Pattern SPEC = Pattern.compile("`([\\w/.]+\\.spec\\.ts)`:((?: “[^”]*”,?)+)");
  private static final Pattern TITLE = Pattern.compile("“([^”]*)”");

  private static final List<String> SERVICES =
      List.of("command-service/", "query-service/", "pusher-service/", "program-service/");

  private static final String JAVA = ".java";
  private static final List<String> SOURCES = List.of(JAVA, ".ts", ".vue");

  private final Path root = ProjectLayout.find().root();

  @Test
  void eachQuestionWhereSomethingIsHasItsAnswerInAtMostTwoFiles() throws IOException {
    Set<String> classes = classes();
    List<String> answers =
        QUESTION
            .matcher(Files.readString(root.resolve("README.md")))
            .results()
            .map(result -> result.group(1))
            .toList();

    assertThat(answers).hasSizeGreaterThanOrEqualTo(8);
    for (String answer : answers) {
      List<String> named = CLASS.matcher(answer).results().map(ReadmeTests::name).toList();
      assertThat(named).as(answer).hasSizeBetween(1, 2).isSubsetOf(classes);
    }
  }

  @Test
  void allPackagesOfAServiceAreListed() throws IOException {
    String readme = Files.readString(root.resolve("README.md"));
    for (String service : SERVICES) {
      String row =
          readme.lines().filter(line -> line.startsWith("| `" + service)).findFirst().orElseThrow();

      assertThat(packages(root.resolve(service).resolve("src/main/java/meower")))
          .as(service)
          .isNotEmpty()
          .allSatisfy(room -> assertThat(row).contains("`" + room + "`"));
    }
  }

  @Test
  void whatContributingNamesIsThere() throws IOException {
    List<String> named =
        CLASS
            .matcher(Files.readString(root.resolve("CONTRIBUTING.md")))
            .results()
            .map(ReadmeTests::name)
            .filter(name -> !name.startsWith("Xxx") && !name.equals("Clock"))
            .toList();

    assertThat(named).hasSizeGreaterThan(20).isSubsetOf(classes());
  }

  @Test
  void testsThatAreNamedAreThere() throws IOException {
    Map<String, String> sources = testSources();
    List<String> named = new ArrayList<>();
    for (String line : documents().flatMap(String::lines).toList()) {
      String type = "";
      for (MatchResult result : TEST.matcher(line).results().toList()) {
        type = Objects.requireNonNullElse(result.group(1), type);
        @Nullable String test = result.group(result.group(2) == null ? 3 : 2);
        if (!type.isEmpty() && test != null) {
          named.add(type + "." + test);
          assertThat(sources.get(type)).as(type).contains("void " + test + "(");
        }
      }
    }
    assertThat(named).hasSizeGreaterThan(50);
  }

  @Test
  void theTestsOfThePageThatAreNamedAreThere() throws IOException {
    List<MatchResult> named =
        SPEC.matcher(Files.readString(root.resolve("docs/page.md"))).results().toList();

    assertThat(named).hasSizeGreaterThan(40);
    for (MatchResult tests : named) {
      String spec = tests.group(1);
      String code = Files.readString(root.resolve(folder(spec)));
      assertThat(TITLE.matcher(tests.group(2)).results().map(ReadmeTests::name))
          .as(spec)
          .allSatisfy(title -> assertThat(code).contains("'" + title + "'"));
    }
  }

  /** Returns where a specification is that is named as in the table of the page. */
  private static String folder(String spec) {
    if (spec.startsWith("browser/")) return "e2e/" + spec;
    return spec.startsWith("played/") ? "e2e/browser/" + spec : "frontend/src/" + spec;
  }

  /** Returns the names of all packages of a service, behind that of the service itself. */
  private static List<String> packages(Path meower) throws IOException {
    try (Stream<Path> files = Files.walk(meower)) {
      return files
          .filter(file -> file.toString().endsWith(JAVA))
          .map(file -> meower.relativize(file.getParent()))
          .filter(room -> room.getNameCount() > 1)
          .map(room -> room.subpath(1, room.getNameCount()).toString().replace('/', '.'))
          .distinct()
          .toList();
    }
  }

  /** Returns the texts of the README and of all documents. */
  private Stream<String> documents() throws IOException {
    List<String> texts = new ArrayList<>(List.of(Files.readString(root.resolve("README.md"))));
    for (Path file : files(root.resolve("docs"), ".md")) {
      texts.add(Files.readString(file));
    }
    return texts.stream();
  }

  /** Returns the source of each class of tests; of those with one name together. */
  private Map<String, String> testSources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path tests : modules.map(module -> module.resolve("src/test")).toList()) {
        if (Files.exists(tests)) {
          for (Path file : files(tests, JAVA)) {
            String name = file.getFileName().toString().replace(JAVA, "");
            sources.merge(name, Files.readString(file), String::concat);
          }
        }
      }
    }
    return sources;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  private static String name(MatchResult result) {
    return result.group(1);
  }

  private Set<String> classes() throws IOException {
    Set<String> classes = new HashSet<>();
    try (Stream<Path> folders = Files.list(root)) {
      for (Path folder : folders.map(module -> module.resolve("src")).toList()) {
        if (Files.exists(folder)) {
          try (Stream<Path> files = Files.walk(folder)) {
            files
                .map(file -> file.getFileName().toString())
                .filter(name -> SOURCES.stream().anyMatch(name::endsWith))
                .map(name -> name.substring(0, name.lastIndexOf('.')))
                .forEach(classes::add);
          }
        }
      }
    }
    return classes;
  }
}
