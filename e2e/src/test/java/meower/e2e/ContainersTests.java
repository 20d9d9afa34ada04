package meower.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        .containsOnlyKeys(
            "MEOWER_NATS_URL",
            "MEOWER_NATS_USERNAME",
            "MEOWER_NATS_PASSWORD_FILE",
            "MEOWER_OPERATOR");
    assertThat(networksOf("operations")).containsExactly("operations-nats");
    assertThat(operations).containsEntry("read_only", true);
    assertThat(dockerfile()).contains("\"" + Operations.class.getName() + "\"]");
  }

  @Test
  void everyNetworkIsForTwoWhoSpeakToEachOther() throws IOException {
    Map<String, List<String>> members = new TreeMap<>();
    for (String service : services().keySet()) {
      for (String network : networksOf(service)) {
        members.computeIfAbsent(network, _ -> new ArrayList<>()).add(service);
      }
    }

    assertThat(members.remove("edge")).containsExactly("nginx");
    assertThat(members.remove("outbound")).containsExactly("program-service");
    assertThat(members)
        .hasSize(12)
        .allSatisfy((network, both) ->
            assertThat(String.join("-", both).replace("-service", ""))
                .isIn(network, turned(network)));
    Map<String, Map<String, Object>> networks = section("networks");
    assertThat(members.keySet())
        .allSatisfy(network ->
            assertThat(networks.getOrDefault(network, Map.of())).containsEntry("internal", true));
  }

  private static String turned(String pair) {
    int middle = pair.indexOf('-');
    return pair.substring(middle + 1) + "-" + pair.substring(0, middle);
  }

  @Test
  void everyContainerHasLimits() throws IOException {
    assertThat(services())
        .allSatisfy((service, said) ->
            assertThat(said)
                .as(service)
                .containsKeys("mem_limit", "pids_limit", "cpus", "ulimits")
                .containsEntry("cap_drop", List.of("ALL"))
                .containsEntry("security_opt", List.of("no-new-privileges:true")));
  }

  private List<String> networksOf(String service) throws IOException {
    return services().getOrDefault(service, Map.of()).get("networks") instanceof List<?> networks
        ? networks.stream().map(String::valueOf).toList()
        : List.of();
  }

  @Test
  void nobodyButTheOwnersKnowsTheStorage() throws IOException {
    assertThat(namesOfServicesWith("SPRING_DATASOURCE_URL"))
        .containsExactly("command-service", "program-service");
    assertThat(namesOfServicesWith("MEOWER_ELASTICSEARCH_URL")).containsExactly("query-service");
  }

  /** Who can see an environment, or a file that is copied, is not to see a password. */
  @Test
  void passwordsAreFilesOfVolumes() throws IOException {
    String compose = Files.readString(root.resolve("docker-compose.yaml"));
    String example = Files.readString(root.resolve(".env.example"));

    assertThat(compose + example).doesNotContain("_PASSWORD:", "PASSWORD=", "change-me");
    assertThat(secretsOf("command-service")).containsExactly("secrets-command", "secrets-events");
    assertThat(secretsOf("query-service")).containsExactly("secrets-query", "secrets-events");
    assertThat(secretsOf("pusher-service")).containsExactly("secrets-pusher", "secrets-events");
    assertThat(secretsOf("program-service")).containsExactly("secrets-program", "secrets-events");
    assertThat(secretsOf("operations")).containsExactly("secrets-operations");
    assertThat(secretsOf("postgres")).containsExactly("secrets-command", "secrets-program");
    assertThat(secretsOf("nginx")).isEmpty();
    assertThat(secretsOf("elasticsearch")).containsExactly("secrets-elasticsearch");
    assertThat(services().getOrDefault("secrets", Map.of())).containsEntry("network_mode", "none");
  }

  /**
   * A server that asks nobody who they are would take anything from whoever gets into its network.
   */
  @Test
  void elasticsearchAsksWhoComes() throws IOException {
    assertThat(services().getOrDefault("elasticsearch", Map.of()).get("environment"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("xpack.security.enabled", "true")
        .containsEntry("xpack.security.authc.reserved_realm.enabled", "false");
    assertThat(namesOfServicesWith("MEOWER_ELASTICSEARCH_USERNAME"))
        .containsExactly("query-service");
    String secrets = Files.readString(root.resolve("secrets/make"));
    assertThat(secrets).contains(" query/meower.elasticsearch.password ");
    for (String volume : section("volumes").keySet()) {
      if (volume.startsWith("secrets-")) {
        assertThat(Files.readString(root.resolve("secrets/Dockerfile")))
            .containsPattern(
                "for user in .*\\b" + volume.substring("secrets-".length()) + "\\b.*; do");
      }
    }
  }

  private List<String> secretsOf(String service) throws IOException {
    return services().getOrDefault(service, Map.of()).get("volumes") instanceof List<?> volumes
        ? volumes.stream()
            .map(volume -> String.valueOf(volume).replaceAll(":.*", ""))
            .filter(volume -> volume.startsWith("secrets-"))
            .toList()
        : List.of();
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
    return section("services");
  }

  private Map<String, Map<String, Object>> section(String name) throws IOException {
    Map<String, Map<String, Map<String, Object>>> compose =
        new Yaml().load(Files.readString(root.resolve("docker-compose.yaml")));
    return compose.getOrDefault(name, Map.of());
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
