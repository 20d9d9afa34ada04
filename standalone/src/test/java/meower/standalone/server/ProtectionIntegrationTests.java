package meower.standalone.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import meower.standalone.certificate.Certificates;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Ports;
import meower.standalone.secret.Secrets;
import meower.standalone.stack.ProjectLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtectionIntegrationTests {
  @TempDir Path folder;
  DataFolder data;
  Protection protection;

  @BeforeEach
  void prepare() throws Exception {
    data = new DataFolder(folder);
    data.create();
    var secrets = new Secrets(folder.resolve("secrets"));
    var certificates = new Certificates(folder.resolve("tls"), secrets, Clock.systemUTC());
    certificates.ensure(List.of("postgres", "nats"));
    protection =
        new Protection(
            certificates, secrets, ProjectLayout.find().root().resolve("nats/users.conf.template"));
  }

  @Test
  void makesEachPasswordOnceForItsOwnerAlone() throws Exception {
    protection.makePasswords();
    var first = passwords();
    protection.makePasswords();

    assertThat(passwords()).isEqualTo(first).doesNotHaveDuplicates().hasSizeGreaterThan(9);
    try (var files = Files.walk(folder.resolve("secrets"))) {
      for (Path file : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void takesOverAPostgresFromBeforeThereWereRolesAndGivesItBack() throws Exception {
    try (var before = postgres(Optional.empty())) {
      before.start();
      executeAsSuperuser(before, "create table note (id bigint generated always as identity)");
      executeAsSuperuser(before, "create view notes as select id from note");
    }
    try (var secured = postgres(Optional.of(protection))) {
      secured.start();
      assertThatThrownBy(() -> executeAsSuperuser(secured, "select 1"))
          .isInstanceOf(SQLException.class);
      execute(secured, "insert into note default values");
      execute(secured, "alter table note add column text text");
      execute(secured, "create or replace view notes as select id from note where id > 0");
      assertThatThrownBy(() -> execute(secured, "copy note to program 'cat'"))
          .isInstanceOf(SQLException.class);
      secured.kill();
      secured.start();
    }
    try (var after = postgres(Optional.empty())) {
      after.start();
      executeAsSuperuser(after, "insert into note default values");
    }
  }

  @Test
  void natsThatAsksForNamesIsSeenToWork() {
    try (var nats = new NatsServer(data, Ports.free(), Ports.free(), Optional.of(protection))) {
      nats.start();
      assertThat(nats.isStuck()).isFalse();
      assertThat(nats.url()).startsWith("tls://");
    }
  }

  private PostgresServer postgres(Optional<Protection> with) {
    return new PostgresServer(ProjectLayout.find().postgresHome(), data, Ports.free(), with);
  }

  private void execute(PostgresServer postgres, String sql) throws SQLException, IOException {
    execute(
        postgres.jdbcUrl() + PostgresServer.encryption(protection.certificates().ca()),
        Protection.COMMAND_ROLE,
        protection.secrets().of("command", Protection.POSTGRES_PASSWORD),
        sql);
  }

  private static void executeAsSuperuser(PostgresServer postgres, String sql) throws SQLException {
    execute(postgres.jdbcUrl(), PostgresServer.USER, PostgresServer.PASSWORD, sql);
  }

  private static void execute(String url, String user, String password, String sql)
      throws SQLException {
    try (var connection = DriverManager.getConnection(url, user, password);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> passwords() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("secrets"))) {
      return files
          .filter(Files::isRegularFile)
          .sorted()
          .map(ProtectionIntegrationTests::read)
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
