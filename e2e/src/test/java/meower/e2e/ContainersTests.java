package meower.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import meower.operations.Operations;
import meower.standalone.stack.ProjectLayout;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What the containers are told, which no test here starts. */
class ContainersTests {

  private final Path root = ProjectLayout.find().root();

  @Test
  void everyServiceIsBuiltByAStageThatThereIs() throws IOException {
    List<String> targets =
        services().values().stream()
            .map(service -> service.get("build"))
            .filter(Map.class::isInstance)
            .map(build -> ((Map<?, ?>) build).get("target"))
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .toList();

    assertThat(targets)
        .containsExactlyInAnyOrder(
            "command-service", "query-service", "pusher-service", "program-service", "operations");
    assertThat(found("(?m)^FROM \\S+ AS (\\S+)$", dockerfile())).containsAll(targets);
    for (String target : targets) {
      assertThat(found("-pl (\\S+) -am", dockerfile()).getFirst().split(",")).contains(target);
    }
  }

  @Test
  void operatorsCommandsRunOnRequestAndKnowOneAddress() throws IOException {
    Map<String, Object> operations = services().getOrDefault("operations", Map.of());

    assertThat(operations).containsKey("profiles").containsEntry("restart", "no");
    assertThat(operations.get("environment"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsOnlyKeys("MEOWER_NATS_URL", "MEOWER_OPERATOR");
    assertThat(operations.get("networks"))
        .isEqualTo(services().getOrDefault("nats", Map.of()).get("networks"));
    assertThat(operations).containsEntry("read_only", true);
    assertThat(dockerfile()).contains("\"" + Operations.class.getName() + "\"]");
  }

  @Test
  void nobodyButTheOwnersKnowsTheStorage() throws IOException {
    assertThat(namesOfServicesWith("SPRING_DATASOURCE_PASSWORD"))
        .containsExactly("command-service", "program-service");
    assertThat(namesOfServicesWith("MEOWER_ELASTICSEARCH_URL")).containsExactly("query-service");
  }

  private List<String> namesOfServicesWith(String variable) throws IOException {
    return services().entrySet().stream()
        .filter(service ->
            service.getValue().get("environment") instanceof Map<?, ?> environment
                && environment.containsKey(variable))
        .map(Map.Entry::getKey)
        .toList();
  }

  private Map<String, Map<String, Object>> services() throws IOException {
    Map<String, Map<String, Map<String, Object>>> compose =
        new Yaml().load(Files.readString(root.resolve("docker-compose.yaml")));
    return compose.getOrDefault("services", Map.of());
  }

  private String dockerfile() throws IOException {
    return Files.readString(root.resolve("Dockerfile"));
  }

  private static List<String> found(String pattern, String text) {
    Stream<String> found =
        Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1));
    return found.toList();
  }
}
