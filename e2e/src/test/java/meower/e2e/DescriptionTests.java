package meower.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import meower.e2e.Description.Place;
import meower.standalone.stack.ProjectLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The descriptions agree with themselves and with the sources. */
class DescriptionTests {

  private static final Pattern PROBLEM = Pattern.compile("\"type\":\"(/problems/[a-z-]+)\"");

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

  @Test
  void listsEveryProblemThatNginxHas() throws IOException {
    Path root = ProjectLayout.find().root();
    String template = Files.readString(root.resolve("nginx/nginx.conf.template"));
    String list = Files.readString(Description.docs().resolve("problems.md"));
    Stream<String> problems = PROBLEM.matcher(template).results().map(m -> m.group(1));

    assertThat(problems).isNotEmpty().allSatisfy(p -> assertThat(list).contains("| `" + p + "` |"));
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
