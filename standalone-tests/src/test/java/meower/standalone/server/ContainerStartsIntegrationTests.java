package meower.standalone.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Executables;
import meower.standalone.process.Http;
import meower.standalone.process.Ports;
import meower.standalone.process.Unprivileged;
import meower.standalone.stack.ProjectLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts with which the containers of the servers begin, without the containers. */
class ContainerStartsIntegrationTests {
  private static final String ROLE = Protection.COMMAND_ROLE;

  private final ProjectLayout project = ProjectLayout.find();
  private final int port = Ports.free();
  private final int monitoring = Ports.free();
  @TempDir Path folder;

  @Test
  void passwordsAreMadeOnce() throws Exception {
    makeSecrets();
    String first = secret("command", Protection.NATS_PASSWORD);
    makeSecrets();

    assertThat(secret("command", Protection.NATS_PASSWORD)).isEqualTo(first).hasSize(64);
    try (var files = Files.walk(folder.resolve("secrets")).filter(Files::isRegularFile)) {
      var all = files.toList();
      assertThat(all.stream().map(ContainerStartsIntegrationTests::read))
          .hasSizeGreaterThan(9)
          .doesNotHaveDuplicates();
      for (Path file : all) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-r-----");
      }
    }
  }

  @Test
  void postgresBeginsWithItsRolesAndTakesAVolumeOver() throws Exception {
    makeSecrets();
    var data = new DataFolder(folder.resolve("data"));
    data.create();
    try (var before = new PostgresServer(project.postgresHome(), data, port)) {
      before.start();
      execute("meower", "meower", "create table note (id bigint)");
      execute("meower", "meower", "insert into note values (1)");
      before.kill();
    }
    for (int start = 0; start < 2; start++) {
      try (var postgres = script(data, "postgres")) {
        postgres.start();
        assertThatThrownBy(() -> execute("meower", "meower", "select 1"))
            .hasMessageStartingWith("FATAL: ");
        execute(ROLE, secret("command", Protection.POSTGRES_PASSWORD), "update note set id = 2");
        assertThatThrownBy(() ->
                execute(ROLE, secret("command", Protection.POSTGRES_PASSWORD), "drop table note"))
            .hasMessageContaining("must be owner");
        execute(
            ROLE + Protection.OWNER,
            secret("command", Protection.OWNER_PASSWORD),
            "alter table note add column if not exists text text");
        postgres.kill();
      }
    }
  }

  @Test
  void postgresBeginsWithAnEmptyVolume() throws Exception {
    makeSecrets();
    var data = new DataFolder(folder.resolve("data"));
    data.create();
    try (var postgres = script(data, "postgres")) {
      postgres.start();
      execute(
          ROLE + Protection.OWNER,
          secret("command", Protection.OWNER_PASSWORD),
          "create table note (id bigint)");
      execute(ROLE, secret("command", Protection.POSTGRES_PASSWORD), "delete from note");
    }
  }

  @Test
  void natsBeginsWithItsUsers() throws Exception {
    makeSecrets();
    var data = new DataFolder(folder.resolve("data"));
    data.create();
    try (var nats = script(data, "nats")) {
      nats.start();
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.getOutputStream().write("CONNECT {}\r\nPING\r\n".getBytes(UTF_8));
        assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
            .contains("\"auth_required\":true", "Authorization Violation")
            .doesNotContain("PONG");
      }
    }
  }

  private void makeSecrets() throws IOException, InterruptedException {
    makeSecrets(project, folder);
  }

  /** Does what the container does that ends before the others begin. */
  static void makeSecrets(ProjectLayout project, Path folder)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                project.root().resolve("secrets/make").toString(),
                folder.resolve("secrets").toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private String secret(String user, String setting) {
    return read(folder.resolve("secrets").resolve(user).resolve(setting));
  }

  private void execute(String user, String password, String sql) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/meower";
    try (var connection = DriverManager.getConnection(url, user, password);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As in the container, but for the folder of the streams. */
  private Path natsConfiguration(Path directory) throws IOException {
    Path target = Files.createDirectories(folder.resolve("etc"));
    for (String file : List.of("nats-server.conf", "users.conf.template")) {
      Files.writeString(
          target.resolve(file),
          Files.readString(project.root().resolve("nats").resolve(file))
              .replace("\"/data\"", "\"" + directory + "\""));
    }
    return target;
  }

  private Server script(DataFolder data, String name) {
    return new Server(name, data) {
      @Override
      protected Launch prepare() throws IOException, InterruptedException {
        new PostgresHome(project.postgresHome()).unpack();
        Path directory = Files.createDirectories(data.of(name));
        Path bin = project.postgresHome().resolve("bin");
        Path start = project.root().resolve(name).resolve("start");
        var command = new ArrayList<>(Unprivileged.prefix(start, directory));
        command.addAll(List.of("sh", start.toString()));
        command.addAll(
            name.equals("postgres")
                ? List.of("-c", "port=" + port, "-c", "unix_socket_directories=")
                : List.of("-a", "127.0.0.1", "-p", "" + port, "-m", "" + monitoring));
        return new Launch(
            command,
            directory,
            Map.of(
                "PATH",
                bin + ":" + Executables.require("nats-server").getParent() + ":/usr/bin:/bin",
                "PGDATA",
                directory.toString(),
                "MEOWER_SECRETS",
                folder.resolve("secrets").toString(),
                "MEOWER_POSTGRES",
                project.root().resolve("postgres").toString(),
                "MEOWER_NATS",
                natsConfiguration(directory).toString()));
      }

      @Override
      public boolean isReady() {
        return name.equals("postgres")
            ? answers()
            : Http.isOk("http://127.0.0.1:" + monitoring + "/healthz");
      }

      private boolean answers() {
        try {
          execute(ROLE, secret("command", Protection.POSTGRES_PASSWORD), "select 1");
          return true;
        } catch (SQLException _) {
          return false;
        }
      }

      @Override
      protected String stopSignal() {
        return "INT";
      }

      @Override
      protected Duration startTimeout() {
        return Duration.ofMinutes(1);
      }
    };
  }
}
