package meower.e2e.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import meower.standalone.stack.ProjectLayout;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What comes from elsewhere is named precisely, and is not run before it is wanted. */
class SupplyChainTests {

  private static final Pattern IMAGE = Pattern.compile("(?m)^(?:FROM|\\s+image:)\\s+(\\S+:\\S+)");

  /** Versions of Postgres have two numbers. */
  private static final Pattern EXACT =
      Pattern.compile(
          "(postgres:\\d+\\.\\d+|[a-z/-]+:\\d+\\.\\d+\\.\\d+)([_-][A-Za-z0-9._-]+)?(@sha256:[0-9a-f]{64})?");

  private static final Pattern INSTALLS = Pattern.compile("npm\\W+ci\\b.*");
  private static final Pattern PIPED =
      Pattern.compile("(curl|wget)[^\\n]*\\|\\s*(sudo\\s+)?(ba|da|z)?sh\\b");

  private final Path root = ProjectLayout.find().root();

  @Test
  void imagesHaveExactTags() throws IOException {
    List<String> images = new ArrayList<>();
    for (Path file : files("Dockerfile", "docker-compose.*\\.yaml")) {
      IMAGE.matcher(Files.readString(file)).results().map(m -> m.group(1)).forEach(images::add);
    }
    assertThat(images)
        .hasSizeGreaterThanOrEqualTo(8)
        .allMatch(image -> EXACT.matcher(image).matches());
  }

  @Test
  void packagesOfNpmRunNothingWhenTheyAreInstalled() throws IOException {
    for (Path file : files("Dockerfile", "meower", "README.md", "NodePackages.java")) {
      String text = Files.readString(file).replaceAll("\\s*\\n\\s*", " ");
      INSTALLS
          .matcher(text)
          .results()
          .forEach(
              found -> assertThat(found.group()).as(file.toString()).contains("--ignore-scripts"));
    }
    for (String folder : List.of("frontend", "bench/peers", "e2e/browser")) {
      assertThat(root.resolve(folder).resolve(".npmrc")).content().contains("ignore-scripts=true");
    }
  }

  @Test
  void nobodyIsToldToRunWhatComesOverTheNetwork() throws IOException {
    for (Path file : files("meower", ".*\\.md", "Dockerfile")) {
      assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern(PIPED);
    }
  }

  @Test
  void renovateKeepsEverythingUpToDate() throws IOException {
    JsonNode renovate =
        JsonMapper.shared().readTree(Files.readString(root.resolve("renovate.json")));
    assertThat(renovate.get("extends").valueStream().map(JsonNode::stringValue))
        .contains("docker:pinDigests");
    assertThat(renovate.get("enabledManagers").valueStream().map(JsonNode::stringValue))
        .containsExactlyInAnyOrder("maven", "npm", "dockerfile", "docker-compose");
  }

  private List<Path> files(String... names) throws IOException {
    Pattern wanted = Pattern.compile(String.join("|", names));
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> wanted.matcher(file.getFileName().toString()).matches())
          .filter(file ->
              !root.relativize(file)
                  .toString()
                  .matches(".*(^|/)(node_modules|target|data|\\.git)/.*"))
          .toList();
    }
  }
}
