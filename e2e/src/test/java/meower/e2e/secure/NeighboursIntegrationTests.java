package meower.e2e.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.AuthenticationException;
import io.nats.client.Nats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import meower.e2e.Api;
import meower.e2e.RunningMeower;
import meower.standalone.stack.Instance;
import meower.standalone.stack.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a process of another user gets, on the machine on which Meower runs. */
class NeighboursIntegrationTests {

  private static final Set<PosixFilePermission> OF_OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private static final List<String> HIDDEN =
      List.of(
          "loggers",
          "loggers/ROOT",
          "env",
          "heapdump",
          "threaddump",
          "shutdown",
          "beans",
          "flyway");

  private final RunningMeower meower = RunningMeower.get();

  @Test
  void readNoFile() throws Exception {
    new Api(meower.url()).post("neighbours read no file");

    assertThat(open(meower.data())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "meower, meower, meower",
    "programs, meower, meower",
    "postgres, meower, meower",
    "meower, postgres, postgres",
    "meower, meower_command, meower",
    "meower, meower_command_owner, meower"
  })
  void areNotLetIntoPostgres(String database, String user, String password) {
    String url =
        "jdbc:postgresql://127.0.0.1:%d/%s"
            .formatted(meower.stack().ports().of(Part.POSTGRES), database);

    assertThatThrownBy(() -> DriverManager.getConnection(url, user, password).close())
        .isInstanceOf(SQLException.class)
        .hasMessageStartingWith("FATAL: ");
  }

  @Test
  void areNotLetIntoNats() {
    String url = "nats://127.0.0.1:" + meower.stack().ports().of(Part.NATS);

    assertThatThrownBy(() -> Nats.connect(url).close()).isInstanceOf(AuthenticationException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /", "GET, /_cat/indices", "GET, /meows/_search", "GET, /_cluster/health",
    "POST, /meows/_close", "POST, /_all/_close", "DELETE, /meows*", "PUT, /foreign",
    "POST, /_aliases", "POST, /_shutdown", "GET, /_security/user"
  })
  void areNotLetIntoElasticsearch(String method, String path) throws Exception {
    URI elasticsearch = URI.create(meower.access().elasticsearch().url());

    assertThat(status(method, elasticsearch.resolve(path))).isEqualTo(401);
  }

  @ParameterizedTest
  @EnumSource(
      value = Part.class,
      names = {"COMMAND", "QUERY", "PUSHER", "PROGRAM"})
  void changeNothingOverTheManagementPort(Part service) throws Exception {
    int port = meower.stack().ports().managementOf(Instance.first(service));
    URI actuator = URI.create("http://127.0.0.1:" + port + "/actuator/");

    for (String shown : List.of("health", "info", "metrics", "prometheus")) {
      assertThat(status("GET", actuator.resolve(shown))).as(shown).isEqualTo(200);
    }
    for (String method : List.of("GET", "POST", "DELETE")) {
      for (String hidden : HIDDEN) {
        assertThat(status(method, actuator.resolve(hidden))).as(hidden).isEqualTo(404);
      }
    }
    assertThat(status("POST", actuator.resolve("health"))).isEqualTo(405);
  }

  @Test
  void seeNoPasswordInTheListOfProcesses() throws Exception {
    List<String> secrets = new ArrayList<>();
    try (Stream<Path> files = Files.walk(meower.data().resolve("secrets"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        secrets.add(Files.readString(file));
      }
    }
    List<ProcessHandle> parts = ProcessHandle.current().descendants().toList();

    assertThat(secrets).hasSizeGreaterThan(10);
    assertThat(parts).hasSizeGreaterThan(7);
    for (ProcessHandle part : parts) {
      assertThat(about(part)).doesNotContain(secrets);
    }
  }

  private static String about(ProcessHandle process) {
    Path folder = Path.of("/proc", Long.toString(process.pid()));
    try {
      return Files.readString(folder.resolve("cmdline"), StandardCharsets.ISO_8859_1)
          + Files.readString(folder.resolve("environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return ""; // it has ended
    }
  }

  private static int status(String method, URI uri) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(uri)
                  .method(method, HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  /** Files come and go meanwhile. */
  private static List<String> open(Path folder) throws IOException {
    List<String> open = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return look(dir);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            return attributes.isSymbolicLink() ? FileVisitResult.CONTINUE : look(file);
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }

          private FileVisitResult look(Path path) {
            try {
              Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
              if (permissions.stream().anyMatch(OF_OTHERS::contains)) {
                open.add(PosixFilePermissions.toString(permissions) + " " + path);
              }
            } catch (NoSuchFileException _) {
              // It is gone.
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return open;
  }
}
