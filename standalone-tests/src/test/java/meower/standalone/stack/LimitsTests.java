package meower.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import meower.standalone.proxy.Limits;
import org.junit.jupiter.api.Test;

/** That no door of the proxy is without limits, as far as the template can tell. */
class LimitsTests {
  private final ProjectLayout project = ProjectLayout.find();

  @Test
  void everyDoorCountsWhatAClientAsksAndWhatIsUnderWay() throws IOException {
    String template = template();
    String server = template.substring(template.indexOf("\n    server {"));
    String outside = LOCATION.matcher(server).replaceAll("");
    assertThat(outside).contains("limit_req zone=requests ").contains("limit_conn connections ");
    List<MatchResult> locations = LOCATION.matcher(server).results().toList();
    assertThat(locations).hasSizeGreaterThan(30);
    for (MatchResult location : locations) {
      // One of its own takes the place of that of all.
      String body = location.group(2);
      if (body.contains("limit_req ")) {
        assertThat(body)
            .as(location.group(1))
            .containsPattern("limit_req zone=(requests|programs) ");
      }
      assertThat(body).as(location.group(1)).doesNotContain("limit_conn off");
    }
  }

  @Test
  void everyLimitCountsTheSameClient() throws IOException {
    String template = template();
    List<String> keys =
        Pattern.compile("limit_(?:req|conn)_zone (\\S+) ")
            .matcher(template)
            .results()
            .map(match -> match.group(1))
            .distinct()
            .toList();
    assertThat(keys).contains("$client");
    for (String key : keys) {
      if (!key.equals("$client")) {
        // Nobody at all, or the client.
        String map = map(template, key);
        assertThat(values(map)).as(key).containsOnly("$client", "\"\"");
      }
    }
    assertThat(values(map(template, "$client")))
        .containsOnly("$binary_remote_addr", "\"\"", "$plain_address", "$own_network");
    assertThat(Limits.DEFAULT.exempt()).isEmpty();
    assertThat(template).doesNotContain("dry_run on");
  }

  @Test
  void whatLivesLongHasPlacesOfItsOwn() throws IOException {
    for (String door : List.of("/pusher", "/publish", "/events")) {
      String location =
          LOCATION
              .matcher(template())
              .results()
              .filter(found -> found.group(1).equals("= " + door))
              .findFirst()
              .orElseThrow()
              .group(2);
      assertThat(location).as(door).contains("limit_conn sockets ");
    }
  }

  @Test
  void thoseInContainersAreTheSame() throws IOException {
    String dockerfile = Files.readString(project.root().resolve(Path.of("nginx", "Dockerfile")));
    String compose = Files.readString(project.root().resolve("docker-compose.yaml"));
    String readme = Files.readString(project.root().resolve("README.md"));
    Limits.DEFAULT
        .variables()
        .forEach((name, value) -> {
          if (value.isEmpty()) {
            return;
          }
          assertThat(dockerfile).contains(name + "=" + value + " ");
          assertThat(compose).contains(name + ": ${" + name + ":-" + value + "}");
          assertThat(readme).contains("`" + name + "`").contains("`" + value + "`");
        });
  }

  private static final Pattern LOCATION =
      Pattern.compile("(?ms)^        location (.*?) \\{\\n(.*?)^        }\\n");

  private static String map(String template, String variable) {
    return Pattern.compile("(?ms)^    map \\S+ " + Pattern.quote(variable) + " \\{.*?^    }")
        .matcher(template)
        .results()
        .findFirst()
        .orElseThrow(() -> new AssertionError("no map of " + variable))
        .group();
  }

  private static List<String> values(String map) {
    return Pattern.compile("(?m)^        \\S+ +(\\S+);$")
        .matcher(map)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private String template() throws IOException {
    return Files.readString(project.nginxTemplate());
  }
}
