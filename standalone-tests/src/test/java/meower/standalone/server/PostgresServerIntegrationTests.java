package meower.standalone.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Ports;
import meower.standalone.stack.ProjectLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIntegrationTests {
  @TempDir Path folder;
  PostgresServer postgres;

  @BeforeEach
  void start() {
    postgres =
        new PostgresServer(
            ProjectLayout.find().postgresHome(), new DataFolder(folder), Ports.free());
    postgres.start();
  }

  @AfterEach
  void stop() {
    postgres.close();
  }

  @Test
  void keepsWhatWasCommittedThroughStopAndCrash() throws SQLException {
    execute("create table notes (note text)");
    execute("insert into notes values ('before the stop')");
    postgres.stop();
    assertThat(postgres.isAlive()).isFalse();
    postgres.start();
    execute("insert into notes values ('before the crash')");
    postgres.kill();
    assertThat(postgres.isReady()).isFalse();
    postgres.start();

    assertThat(query("select string_agg(note, ', ' order by note desc) from notes"))
        .isEqualTo("before the stop, before the crash");
  }

  @Test
  void answersACommitOnlyWhenItIsOnDisk() throws SQLException {
    assertThat(query("show fsync")).isEqualTo("on");
    assertThat(query("show synchronous_commit")).isEqualTo("on");
  }

  @Test
  void answersNothingWhilePaused() {
    postgres.pause();
    assertThat(postgres.isReady()).isFalse();
    assertThat(postgres.isAlive()).isTrue();
    postgres.resume();
    assertThat(postgres.isReady()).isTrue();
  }

  private void execute(String sql) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String query(String sql) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl(), PostgresServer.USER, PostgresServer.PASSWORD);
  }
}
