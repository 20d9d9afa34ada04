package meower.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** An instance that is being started answers nobody before it can. */
class StartIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(30);

  /** For so long a service waits for a Postgres that is away. */
  private static final int LONGER_THAN_ABSENT_SECONDS = 6;

  private final TestPostgres postgres = TestServers.postgres();

  @Test
  void opensItsDoorWhenItKnowsItsTablesHoweverLongThatTakes() throws Exception {
    String database = postgres.createDatabase();
    start(database).close();

    try (ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
        Connection slow = connect(database)) {
      slow.setAutoCommit(false);
      slow.createStatement().execute("lock table flyway_schema_history");
      Future<RunningService> starting = background.submit(() -> start(database));
      await().atMost(SOON).until(() -> isWaiting(database));

      assertThatThrownBy(() -> starting.get(LONGER_THAN_ABSENT_SECONDS, TimeUnit.SECONDS))
          .isInstanceOf(TimeoutException.class);
      slow.rollback();

      try (RunningService service = starting.get(SOON.toSeconds(), TimeUnit.SECONDS)) {
        assertThat(service.as("worker").put("jobs", "{}").statusCode()).isEqualTo(201);
      }
    }
  }

  /** A backup, say, while the version before answers. */
  @Test
  void nobodyWaitsForLongBehindAMigrationThatWaits() throws Exception {
    String database = postgres.createDatabase();
    Flyway.configure()
        .dataSource(database, postgres.username(), postgres.password())
        .target("6")
        .load()
        .migrate();

    try (ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
        Connection reader = connect(database);
        Connection other = connect(database)) {
      reader.setAutoCommit(false);
      reader.createStatement().execute("select from presence_change");
      Future<RunningService> starting = background.submit(() -> start(database));
      await().atMost(SOON).until(() -> isWaiting(database));

      other.createStatement().execute("set statement_timeout = '20s'");
      other.createStatement().execute("select from presence_change");
      reader.rollback();

      try (RunningService service = starting.get(SOON.toSeconds(), TimeUnit.SECONDS)) {
        await().atMost(SOON).until(service::isReady);
        assertThat(service.as("worker").put("jobs", "{}").statusCode()).isEqualTo(201);
      }
    }
  }

  private RunningService start(String database) {
    return RunningService.startUnready(postgres, database, TestServers.nats().url());
  }

  private boolean isWaiting(String database) throws SQLException {
    try (Connection connection = connect(database);
        var found =
            connection
                .createStatement()
                .executeQuery(
                    "select 1 from pg_stat_activity where datname = current_database()"
                        + " and application_name = 'program-service migration'"
                        + " and wait_event_type = 'Lock'")) {
      return found.next();
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(database, postgres.username(), postgres.password());
  }
}
