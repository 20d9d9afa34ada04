package meower.standalone.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Ports;
import meower.standalone.secret.Secrets;
import meower.standalone.stack.ProjectLayout;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the roles of services may do in Postgres, and who else is let in. */
class PostgresRolesIntegrationTests {
  private static final String APPLICATION = Protection.COMMAND_ROLE;
  private static final String OWNER = APPLICATION + Protection.OWNER;

  private static final String CHANGE_OF_THE_TRAIL = "update event_trail set client = 'x'";

  @TempDir static Path folder;
  static Protection protection;
  static PostgresServer postgres;
  static boolean mayChangeTheTrailAfterTheMigration;

  /** With tables as migrations make them. */
  @BeforeAll
  static void start() throws Exception {
    var data = new DataFolder(folder);
    data.create();
    protection =
        new Protection(
            new Secrets(folder.resolve("secrets")), ProjectLayout.find().root(), Optional.empty());
    postgres =
        new PostgresServer(
            ProjectLayout.find().postgresHome(), data, Ports.free(), Optional.of(protection));
    postgres.start();
    execute(OWNER, "create table flyway_schema_history (id bigint)");
    execute(OWNER, "create table note (id bigint)");
    execute(OWNER, migration("V9__event_trail.sql"));
    mayChangeTheTrailAfterTheMigration = succeeds(APPLICATION, CHANGE_OF_THE_TRAIL);
    postgres.stop();
    postgres.start();
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          meower_command       | insert into note values (1)                                    | yes
          meower_command       | update note set id = 2                                         | yes
          meower_command       | delete from note                                               | yes
          meower_command       | select pg_try_advisory_lock(1)                                 | yes
          meower_command       | select count(*) from pg_stat_activity                          | yes
          meower_command       | create table other (id int)                                    | no
          meower_command       | alter table note add text text                                 | no
          meower_command       | truncate note                                                  | no
          meower_command       | drop table note                                                | no
          meower_command       | create temporary table t (id int)                              | no
          meower_command       | create schema other                                            | no
          meower_command       | create function f() returns int language sql as 'select 1'     | no
          meower_command       | set role meower_command_owner                                  | no
          meower_command       | checkpoint                                                     | no
          meower_command       | update flyway_schema_history set id = 3                        | no
          meower_command       | insert into event_trail values ('x', 1, 'c', now(), 'x')       | yes
          meower_command       | delete from event_trail                                        | yes
          meower_command       | update event_trail set client = 'x'                            | no
          meower_command_owner | create table other (id int)                                    | yes
          meower_command_owner | alter table note add text text                                 | yes
          meower_command_owner | checkpoint                                                     | yes
          *                    | copy note to program 'cat'                                     | no
          *                    | copy note from program 'echo 1'                                | no
          *                    | copy note from '/etc/hostname'                                 | no
          *                    | copy note to '/tmp/meower-note'                                | no
          *                    | select pg_read_file('PG_VERSION')                              | no
          *                    | select pg_ls_dir('.')                                          | no
          *                    | select lo_import('/etc/hostname')                              | no
          *                    | create role other superuser                                    | no
          *                    | alter role meower login password 'x'                           | no
          *                    | alter role current_user superuser                              | no
          *                    | set role meower                                                | no
          *                    | create database other                                          | no
          *                    | create extension dblink                                        | no
          *                    | alter system set fsync = off                                   | no
          *                    | select pg_reload_conf()                                        | no
          *                    | select rolpassword from pg_authid                              | no
          *                    | select pg_create_physical_replication_slot('other')            | no
          *                    | create subscription s connection 'dbname=x' publication p      | no
          """)
  void aRoleMayDoWhatItDoes(String role, String sql, String may) throws Exception {
    for (String one : role.equals("*") ? List.of(APPLICATION, OWNER) : List.of(role)) {
      assertThat(succeeds(one, sql)).as(one + ": " + sql).isEqualTo(may.equals("yes"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "meower, meower, meower",
    "postgres, meower, meower",
    "meower, postgres, postgres",
    "meower, meower_command, meower",
    "meower, meower_command_owner, meower",
    "meower, meower_programs, OWN",
    "programs, meower_command, OWN",
    "postgres, meower_command, OWN",
    "template1, meower_command_owner, OWN"
  })
  void nobodyElseIsLetIn(String database, String user, String password) throws Exception {
    String own =
        protection
            .secrets()
            .of(
                user.equals(Protection.PROGRAMS_ROLE) ? "program" : "command",
                user.equals(OWNER) ? Protection.OWNER_PASSWORD : Protection.POSTGRES_PASSWORD);
    String url = postgres.jdbcUrl().replaceFirst("[^/]+$", database);

    assertThatThrownBy(
            () -> execute(url, user, password.equals("OWN") ? own : password, "select 1"))
        .isInstanceOf(SQLException.class)
        .hasMessageStartingWith("FATAL: ");
  }

  /** The table of cases looks after another start, which gives rights anew. */
  @Test
  void aTrailIsUnchangeableFromItsMigrationOn() {
    assertThat(mayChangeTheTrailAfterTheMigration).isFalse();
  }

  private static String migration(String name) throws IOException {
    return Files.readString(
        ProjectLayout.find().root().resolve("postgres/migrations").resolve(name));
  }

  private static boolean succeeds(String role, String sql) throws Exception {
    try {
      execute(role, sql);
      return true;
    } catch (SQLException e) {
      assertThat(e.getMessage()).containsAnyOf("permission denied", "must be owner", "must have");
      return false;
    }
  }

  private static void execute(String role, String sql) throws SQLException, IOException {
    String setting = role.equals(OWNER) ? Protection.OWNER_PASSWORD : Protection.POSTGRES_PASSWORD;
    execute(postgres.jdbcUrl(), role, protection.secrets().of("command", setting), sql);
  }

  private static void execute(String url, String user, String password, String sql)
      throws SQLException {
    try (var connection = DriverManager.getConnection(url, user, password);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
