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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectionIntegrationTests {
  private static final String APPLICATION = Protection.COMMAND_ROLE;
  private static final String OWNER = APPLICATION + Protection.OWNER;

  @TempDir Path folder;
  DataFolder data;
  Protection protection;
  Protection encrypted;

  @BeforeEach
  void prepare() throws Exception {
    data = new DataFolder(folder);
    data.create();
    var secrets = new Secrets(folder.resolve("secrets"));
    var certificates = new Certificates(folder.resolve("tls"), secrets, Clock.systemUTC());
    certificates.ensure(List.of("postgres", "nats"));
    encrypted = new Protection(secrets, ProjectLayout.find().root(), Optional.of(certificates));
    protection = new Protection(secrets, encrypted.project(), Optional.empty());
  }

  @Test
  void makesEachPasswordOnceForItsOwnerAlone() throws Exception {
    protection.makePasswords();
    var first = passwords();
    protection.makePasswords();

    assertThat(passwords()).isEqualTo(first).doesNotHaveDuplicates().hasSizeGreaterThan(11);
    try (var files = Files.walk(folder.resolve("secrets"))) {
      for (Path file : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
      }
    }
  }

  /** With a constant password for a user who may do everything. */
  @Test
  void takesOverAPostgresFromBeforeThereWereRoles() throws Exception {
    try (var before = postgres(Optional.empty())) {
      before.start();
      asSuperuser(before, "create table note (id bigint generated always as identity)");
      asSuperuser(before, "create view notes as select id from note");
      asSuperuser(before, "create sequence number");
      asSuperuser(before, "insert into note default values");
    }
    for (var with : List.of(protection, encrypted, protection)) {
      try (var secured = postgres(Optional.of(with))) {
        secured.start();
        assertThatThrownBy(() -> asSuperuser(secured, "select 1")).isInstanceOf(SQLException.class);
        as(
            OWNER,
            secured,
            with,
            "create or replace view notes as select id from note where id > 0");
        as(APPLICATION, secured, with, "insert into note default values");
        as(APPLICATION, secured, with, "select nextval('number'), count(*) from notes");
        secured.kill();
        secured.start();
        assertThat(count(secured, with)).isGreaterThan(1);
      }
    }
  }

  @Test
  void takesAnotherPasswordWhenThatOfARoleIsDeleted() throws Exception {
    try (var postgres = postgres(Optional.of(protection))) {
      for (int start = 0; start < 3; start++) {
        postgres.start();
        as(APPLICATION, postgres, protection, "select 1");
        postgres.stop();
      }
      String before = password(APPLICATION, protection);
      Files.delete(folder.resolve("secrets/command").resolve(Protection.POSTGRES_PASSWORD));
      postgres.start();
      as(APPLICATION, postgres, protection, "select 1");
      assertThatThrownBy(() -> execute(postgres.jdbcUrl(), APPLICATION, before, "select 1"))
          .isInstanceOf(SQLException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void natsThatAsksForNamesIsSeenToWork(boolean tls) {
    var with = tls ? encrypted : protection;
    try (var nats = new NatsServer(data, Ports.free(), Ports.free(), Optional.of(with))) {
      nats.start();
      assertThat(nats.isStuck()).isFalse();
      assertThat(nats.url()).startsWith(tls ? "tls://" : "nats://");
    }
  }

  private PostgresServer postgres(Optional<Protection> with) {
    return new PostgresServer(ProjectLayout.find().postgresHome(), data, Ports.free(), with);
  }

  private static void as(String role, PostgresServer postgres, Protection with, String sql)
      throws SQLException, IOException {
    execute(url(postgres, with), role, password(role, with), sql);
  }

  private static long count(PostgresServer postgres, Protection with)
      throws SQLException, IOException {
    try (var connection =
            DriverManager.getConnection(
                url(postgres, with), APPLICATION, password(APPLICATION, with));
        var rows = connection.createStatement().executeQuery("select count(*) from note")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static String url(PostgresServer postgres, Protection with) {
    return postgres.jdbcUrl()
        + with.certificates().map(known -> PostgresServer.encryption(known.ca())).orElse("");
  }

  private static String password(String role, Protection with) throws IOException {
    return with.secrets()
        .of(
            "command",
            role.equals(OWNER) ? Protection.OWNER_PASSWORD : Protection.POSTGRES_PASSWORD);
  }

  private static void asSuperuser(PostgresServer postgres, String sql) throws SQLException {
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
