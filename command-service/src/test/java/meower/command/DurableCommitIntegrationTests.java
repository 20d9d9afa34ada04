package meower.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import meower.testservers.TestNats;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A post is answered with 201 when it is as durable as Postgres was told to make it. */
class DurableCommitIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private TestPostgres postgres;
  private String jdbcUrl;
  private RunningService service;

  @BeforeEach
  void startService() throws Exception {
    postgres = TestServers.postgres();
    TestNats nats = TestServers.nats();
    StreamReader.deleteStream(nats);
    jdbcUrl = postgres.createDatabase();
    service =
        RunningService.start(
            postgres, jdbcUrl, nats, "--meower.posts.patience=" + SOON.toSeconds() + "s");
    await().atMost(SOON).until(() -> service.get("/readyz").statusCode() == 200);
  }

  @AfterEach
  void stopService() throws Exception {
    postgres = TestServers.postgres();
    waitForStandby("");
    service.close();
    clients.close();
  }

  @Test
  void isNoSuccessWhenWaitingForTheStandbyIsCancelled() throws Exception {
    waitForStandby("absent");
    Future<HttpResponse<String>> answer = posted("half", "key of a half commit");
    awaitCommitThatWaits();

    ask("select pg_cancel_backend(pid) from pg_stat_activity where " + WAITING);

    assertThat(answer.get().statusCode()).isEqualTo(503);
  }

  @Test
  void isNoSuccessWhenItIsPostedAgainBeforeTheStandbyHasIt() throws Exception {
    waitForStandby("absent");
    Future<HttpResponse<String>> first = posted("twice", "key of a repeat");
    awaitCommitThatWaits();
    ask("select pg_cancel_backend(pid) from pg_stat_activity where " + WAITING);
    assertThat(first.get().statusCode()).isEqualTo(503);

    Future<HttpResponse<String>> again = posted("twice", "key of a repeat");
    awaitCommitThatWaits();
    assertThat(again).isNotDone();
    waitForStandby("");

    assertThat(again.get().statusCode()).isEqualTo(201);
    assertThat(ask("select count(*) from meow where body = 'twice'")).isEqualTo("1");
  }

  @Test
  void aPostDuringAFailoverIsASlowSuccess() throws Exception {
    postgres.kill();
    Future<HttpResponse<String>> answer = posted("patient");
    // Longer than it takes to find out that nobody listens.
    await()
        .during(Duration.ofSeconds(1))
        .atMost(SOON)
        .untilAsserted(() -> assertThat(answer).isNotDone());

    TestServers.postgres();

    assertThat(answer.get().statusCode()).isEqualTo(201);
    assertThat(ask("select count(*) from meow where body = 'patient'")).isEqualTo("1");
  }

  @Test
  void storesOnceWhatABrokenConnectionHadCommitted() throws Exception {
    waitForStandby("absent");
    Future<HttpResponse<String>> answer = posted("broken");
    awaitCommitThatWaits();

    ask("select pg_terminate_backend(pid) from pg_stat_activity where " + WAITING);
    awaitCommitThatWaits();
    assertThat(answer).isNotDone();
    waitForStandby("");

    assertThat(answer.get().statusCode()).isEqualTo(201);
    assertThat(ask("select count(*) from meow where body = 'broken'")).isEqualTo("1");
  }

  @Test
  void leavesAServerThatHasBecomeReadOnly() throws Exception {
    String database = jdbcUrl.substring(jdbcUrl.lastIndexOf('/') + 1);
    ask("alter database " + database + " set default_transaction_read_only = on");
    ask(
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where datname = current_database() and pid <> pg_backend_pid()");
    Future<HttpResponse<String>> answer = posted("to the new primary");
    await()
        .during(Duration.ofMillis(500))
        .atMost(SOON)
        .untilAsserted(() -> assertThat(answer).isNotDone());

    ask("alter database " + database + " reset all");

    assertThat(answer.get().statusCode()).isEqualTo(201);
  }

  private static final String WAITING =
      "wait_event = 'SyncRep' and application_name = 'command-service events keys signed'"
          + " and datname = current_database()";

  private Future<HttpResponse<String>> posted(String body) {
    return clients.submit(() -> service.post(body));
  }

  private Future<HttpResponse<String>> posted(String body, String key) {
    return clients.submit(() -> service.post(body, key));
  }

  private void awaitCommitThatWaits() {
    Callable<Boolean> oneWaits =
        () -> !ask("select count(*) from pg_stat_activity where " + WAITING).equals("0");
    await().atMost(SOON).until(oneWaits);
  }

  /** Makes commits wait for a standby of that name, or for none. */
  private void waitForStandby(String name) throws Exception {
    ask("alter system set synchronous_standby_names = '" + name + "'");
    ask("select pg_reload_conf()");
    await().atMost(SOON).until(() -> ask("show synchronous_standby_names").equals(name));
  }

  /** Runs a statement by itself, whatever commits wait for; returns the first value. */
  private String ask(String sql) throws Exception {
    try (var connection =
            DriverManager.getConnection(jdbcUrl, postgres.username(), postgres.password());
        var statement = connection.createStatement()) {
      statement.execute("set synchronous_commit = local; set default_transaction_read_only = off");
      boolean rows = statement.execute(sql);
      if (!rows) {
        return "";
      }
      var result = statement.getResultSet();
      return result.next() ? String.valueOf(result.getString(1)) : "";
    }
  }
}
