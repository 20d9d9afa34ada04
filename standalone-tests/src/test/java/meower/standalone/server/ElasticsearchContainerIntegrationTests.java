package meower.standalone.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Http;
import meower.standalone.process.Ports;
import meower.standalone.process.Unprivileged;
import meower.standalone.stack.ProjectLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Elasticsearch as its container begins it and is told to by compose, without the container. */
class ElasticsearchContainerIntegrationTests {
  /** What the embedded one knows, too. */
  private static final Pattern SETTING =
      Pattern.compile("(?m)^      ((?:discovery|xpack|monitor)\\.[a-z_.]+): \"?([\\w-]+)\"?$");

  private final ProjectLayout project = ProjectLayout.find();
  private final int port = Ports.free();
  private final int transportPort = Ports.free();
  @TempDir Path folder;

  @Test
  void letsInWhoHasAPasswordAndNobodyElse() throws Exception {
    ContainerStartsIntegrationTests.makeSecrets(project, folder);
    // As at each start of the containers.
    ContainerStartsIntegrationTests.makeSecrets(project, folder);
    var data = new DataFolder(folder.resolve("data"));
    data.create();
    try (var elasticsearch = elasticsearch(data)) {
      elasticsearch.start();
      String query = Http.basic("query", secret("query/meower.elasticsearch.password"));
      assertThat(send("GET", "/_cluster/health", "")).isEqualTo(401);
      assertThat(send("GET", "/_cluster/health", Http.basic("query", "guessed"))).isEqualTo(401);
      assertThat(send("GET", "/_cluster/health", Http.basic("elastic", "changeme"))).isEqualTo(401);
      assertThat(send("PUT", "/meows-1", query)).isEqualTo(200);
      assertThat(send("PUT", "/notes", query)).isEqualTo(403);
      assertThat(send("GET", "/meows-1", supervisor())).isEqualTo(403);
      assertThat(send("DELETE", "/meows-1", query)).isEqualTo(200);
    }
  }

  @Test
  void theUsersMayWhatTheyMayWithoutContainers() {
    Path image = project.root().resolve("elasticsearch");
    assertThat(image.resolve("roles.yml")).hasContent(ElasticsearchUsers.ROLES);
    assertThat(image.resolve("users_roles")).hasContent(ElasticsearchUsers.MEMBERS);
  }

  private int send(String method, String path, String authorization) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .method(method, BodyPublishers.noBody());
      if (!authorization.isEmpty()) {
        request.header("Authorization", authorization);
      }
      return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
  }

  private String supervisor() throws IOException {
    return Http.basic(Protection.SUPERVISOR, secret("elasticsearch/supervisor"));
  }

  private String secret(String file) throws IOException {
    return Files.readString(folder.resolve("secrets").resolve(file));
  }

  private Server elasticsearch(DataFolder data) {
    return new Server("elasticsearch", data) {
      @Override
      protected Launch prepare() throws IOException, InterruptedException {
        Path directory = Files.createDirectories(data.of(name()));
        Path image = project.root().resolve("elasticsearch");
        Path config = Files.createDirectories(directory.resolve("config"));
        copy(project.elasticsearchHome().resolve("config"), config);
        copy(image, config);
        Path program = project.elasticsearchHome().resolve("bin/elasticsearch");
        var command = new ArrayList<>(Unprivileged.prefix(program, directory));
        command.addAll(List.of("sh", image.resolve("start").toString(), program.toString()));
        settings(directory).forEach((name, value) -> command.add("-E" + name + "=" + value));
        return new Launch(command, directory, environment(directory, config));
      }

      @Override
      public boolean isReady() {
        try {
          return Http.isOk(
              "http://127.0.0.1:" + port + "/_cluster/health", supervisor(), Optional.empty());
        } catch (IOException _) {
          return false;
        }
      }

      @Override
      protected Duration startTimeout() {
        return Duration.ofMinutes(2);
      }
    };
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Map<String, String> settings(Path directory) throws IOException {
    var settings =
        new TreeMap<>(
            Map.of(
                "http.port",
                "" + port,
                "transport.port",
                "" + transportPort,
                "network.host",
                "127.0.0.1",
                "path.data",
                directory.resolve("data").toString(),
                "path.logs",
                directory.resolve("logs").toString()));
    SETTING
        .matcher(Files.readString(project.root().resolve("docker-compose.yaml")))
        .results()
        .forEach(found -> settings.put(found.group(1), found.group(2)));
    assertThat(settings).containsKey("xpack.security.enabled");
    return settings;
  }

  private Map<String, String> environment(Path directory, Path config) throws IOException {
    return Map.of(
        "ES_JAVA_HOME",
        System.getProperty("java.home"),
        "ES_JAVA_OPTS",
        "-Xms256m -Xmx256m -Des.queryable_built_in_roles_enabled=false",
        "ES_PATH_CONF",
        config.toString(),
        "ES_TMPDIR",
        Files.createDirectories(directory.resolve("tmp")).toString(),
        "HOME",
        directory.toString(),
        "MEOWER_SECRETS",
        folder.resolve("secrets/elasticsearch").toString());
  }
}
