package meower.e2e.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import meower.e2e.description.Description.Place;
import meower.standalone.stack.ProjectLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The descriptions agree with themselves and with the sources. */
class DescriptionTests {

  private static final Pattern IN_NGINX =
      Pattern.compile("\"type\":\"/problems/([a-z-]+)\",\"title\":\"([^\"]+)\"");
  private static final Pattern IN_AN_EXAMPLE =
      Pattern.compile("type: /problems/([a-z-]+)\\s+title: (.+)");
  private static final Pattern IN_JAVA =
      Pattern.compile("(?:HttpStatus\\.\\w+|status),\\s+\"([a-z-]+)\",\\s+\"([^\"]+)\"");
  private static final Pattern BODY = Pattern.compile("/content/[^/]+$");
  private static final Pattern NAMED_SCHEMA = Pattern.compile("/components/schemas/[A-Za-z]+");

  @ParameterizedTest
  @ValueSource(strings = {"openapi.yaml", "asyncapi.yaml"})
  void examplesFollowTheirSchemas(String file) throws IOException {
    Description description = Description.read(file);

    assertThat(all(description.root()).filter(place -> place.node().has("example")))
        .allSatisfy(place ->
            assertThat(
                    description.errors(
                        description.get(place, "schema"), place.node().get("example")))
                .isEmpty());
    assertThat(all(description.root()).filter(DescriptionTests::isMessage))
        .allSatisfy(message -> checkExamples(description, message));
  }

  /** A generated client has a class for what has a name only. */
  @ParameterizedTest
  @ValueSource(strings = {"openapi.yaml", "asyncapi.yaml"})
  void namesEveryObject(String file) throws IOException {
    assertThat(all(Description.read(file).root()))
        .filteredOn(DescriptionTests::isObject)
        .extracting(Place::pointer)
        .allMatch(pointer -> NAMED_SCHEMA.matcher(pointer).matches());
  }

  /**
   * Generators fail where a body has no schema, and make up a name for what may be this or that.
   */
  @ParameterizedTest
  @ValueSource(strings = {"openapi.yaml", "asyncapi.yaml"})
  void saysOfEveryBodyAndEveryChoiceWhatItIs(String file) throws IOException {
    assertThat(all(Description.read(file).root()))
        .filteredOn(DescriptionTests::isChoice)
        .extracting(Place::pointer)
        .allMatch(pointer -> NAMED_SCHEMA.matcher(pointer).matches());
    assertThat(all(Description.read(file).root()))
        .filteredOn(place -> BODY.matcher(place.pointer()).find())
        .allMatch(place -> place.node().has("schema"));
  }

  @Test
  void listsEveryProblemUnderOneTitle() throws IOException {
    String list = Files.readString(Description.docs().resolve("problems.md"));
    Map<String, Set<String>> titles = titlesOfProblems();

    assertThat(titles).hasSizeGreaterThanOrEqualTo(20);
    assertThat(titles)
        .allSatisfy((type, found) -> {
          assertThat(list).contains("| `/problems/" + type + "` |");
          assertThat(found).as(type).hasSize(1);
        });
  }

  /** Returns the titles of each type, wherever one is written. */
  private static Map<String, Set<String>> titlesOfProblems() throws IOException {
    Path root = ProjectLayout.find().root();
    Map<String, Set<String>> titles = new TreeMap<>();
    collect(titles, IN_NGINX, root.resolve("nginx/nginx.conf.template"));
    collect(titles, IN_AN_EXAMPLE, Description.docs().resolve("openapi.yaml"));
    for (String module :
        List.of(
            "shared-web",
            "command-service",
            "query-service",
            "pusher-service",
            "program-service")) {
      try (Stream<Path> sources = Files.walk(root.resolve(module).resolve("src/main/java"))) {
        for (Path source : sources.filter(Files::isRegularFile).toList()) {
          collect(titles, IN_JAVA, source);
        }
      }
    }
    return titles;
  }

  private static void collect(Map<String, Set<String>> titles, Pattern problem, Path file)
      throws IOException {
    problem
        .matcher(Files.readString(file))
        .results()
        .forEach(found ->
            titles.computeIfAbsent(found.group(1), _ -> new TreeSet<>()).add(found.group(2)));
  }

  /** Objects, and what is put together of schemas; not what is only compared with. */
  private static boolean isObject(Place place) {
    JsonNode node = place.node();
    return !place.pointer().endsWith("/if")
        && (node.path("type").toString().contains("\"object\"")
            || node.path("properties").isObject()
            || Stream.of("allOf", "anyOf", "oneOf").anyMatch(word -> node.path(word).isArray()));
  }

  /** What may be of several types, besides being absent. */
  private static boolean isChoice(Place place) {
    JsonNode type = place.node().path("type");
    return type.isArray()
        && type.valueStream().filter(one -> !one.asString().equals("null")).count() > 1;
  }

  private static void checkExamples(Description description, Place message) {
    for (Place example : description.elements(description.get(message, "examples"))) {
      for (String part : example.node().propertyNames()) {
        assertThat(description.errors(description.get(message, part), example.node().get(part)))
            .isEmpty();
      }
    }
  }

  private static boolean isMessage(Place place) {
    return place.node().has("payload") && place.node().has("examples");
  }

  private static Stream<Place> all(Place place) {
    Stream<Place> inside =
        place.node().isArray()
            ? Stream.iterate(0, i -> i < place.node().size(), i -> i + 1)
                .map(i -> new Place(place.pointer() + "/" + i, place.node().get(i)))
            : place.node().propertyNames().stream()
                .map(name ->
                    new Place(
                        place.pointer() + "/" + name.replace("~", "~0").replace("/", "~1"),
                        place.node().get(name)));
    return Stream.concat(Stream.of(place), inside.flatMap(DescriptionTests::all));
  }
}
