package meower.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import meower.schema.MeowCreated;
import meower.schema.MeowEventJson;
import meower.schema.MeowId;
import meower.schema.MeowStream;
import meower.testservers.TestNats;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final TestPostgres postgres = TestServers.postgres();
  private final TestNats nats = TestServers.nats();
  private StreamReader stream;
  private String jdbcUrl;

  @BeforeEach
  void beginAnew() throws Exception {
    stream = StreamReader.of(nats);
    stream.deleteStream();
    jdbcUrl = postgres.createDatabase();
  }

  @AfterEach
  void close() throws Exception {
    stream.close();
  }

  @Test
  void publishesInTheOrderInWhichMeowsWereAcknowledged() throws Exception {
    try (RunningService one = start();
        RunningService other = start()) {
      awaitReady(one, other);
      List<String> acknowledged = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        RunningService service = i % 2 == 0 ? one : other;
        assertThat(service.post("meow " + i).statusCode()).isEqualTo(201);
        acknowledged.add("meow " + i);
      }

      await().atMost(SOON).until(() -> stream.bodies().size() >= acknowledged.size());
      assertThat(stream.bodies()).isEqualTo(acknowledged);
    }
  }

  @Test
  void publishesEachMeowOnceWhenManyPostAndNatsIsRestarted() throws Exception {
    List<String> bodies = IntStream.range(0, 500).mapToObj(i -> "meow " + i).toList();
    try (RunningService one = start();
        RunningService other = start();
        var clients = Executors.newFixedThreadPool(8)) {
      awaitReady(one, other);
      var answers =
          bodies.stream()
              .map(b -> clients.submit(() -> (b.hashCode() % 2 == 0 ? one : other).post(b)))
              .toList();
      nats.kill();
      nats.start();
      for (var answer : answers) {
        assertThat(answer.get().statusCode()).isEqualTo(201);
      }

      await()
          .atMost(SOON)
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(stream.bodies()).hasSameElementsAs(bodies));
      assertThat(stream.bodies()).doesNotHaveDuplicates();
    }
  }

  @Test
  void publishesWhatAnEarlierProcessLeftBehind() throws Exception {
    migrate();
    leaveInOutbox("left behind");

    try (RunningService service = start()) {
      awaitReady(service);
      await().atMost(SOON).until(() -> stream.bodies().equals(List.of("left behind")));
    }
  }

  @Test
  void publishesNothingAgainAfterACrashBetweenPublishAndMark() throws Exception {
    stream.createStreamThatForgetsIds();
    try (RunningService service = start()) {
      awaitReady(service);
      service.post("once");
      await().atMost(SOON).until(() -> stream.bodies().equals(List.of("once")));
      await().atMost(SOON).until(() -> rows("select 1 from outbox") == 0);
    }
    // As if the process had died before the mark, and come back when the stream had forgotten the
    // id.
    execute("delete from publication");
    execute(
        "insert into outbox (message_id, subject, payload) select id, 'meow.created',"
            + " '{\"id\":\"' || id || '\",\"body\":\"once\",\"created_at\":\"2026-01-01T00:00:00Z\"}'"
            + " from meow");

    try (RunningService service = start()) {
      awaitReady(service);
      service.post("next");
      await().atMost(SOON).until(() -> stream.bodies().contains("next"));
      assertThat(stream.bodies()).containsExactly("once", "next");
    }
  }

  @Test
  void goesOnBehindAMeowThatWasPublishedAndIsInTheOutboxAgain() throws Exception {
    try (RunningService service = start()) {
      awaitReady(service);
      service.post("once");
      await().atMost(SOON).until(() -> stream.bodies().equals(List.of("once")));
      await().atMost(SOON).until(() -> rows("select 1 from outbox") == 0);
      execute(
          "insert into outbox (message_id, subject, payload) select id, 'meow.created',"
              + " '{\"id\":\"' || id || '\",\"body\":\"once\"}' from meow");
      service.post("next");

      await().atMost(SOON).until(() -> stream.bodies().contains("next"));
      assertThat(stream.bodies()).containsExactly("once", "next");
    }
  }

  @Test
  void goesOnBehindAMessageOfSomebodyElse() throws Exception {
    try (RunningService service = start()) {
      awaitReady(service);
      service.post("before");
      await().atMost(SOON).until(() -> stream.bodies().size() == 1);
      stream.publishForeignMessage();
      service.post("after");

      await().atMost(SOON).until(() -> stream.bodies().equals(List.of("before", "after")));
    }
  }

  @Test
  void anotherInstanceTakesOver() throws Exception {
    try (RunningService other = startSecondOfTwo()) {
      assertThat(other.post("taken over").statusCode()).isEqualTo(201);
      await().atMost(SOON).until(() -> stream.bodies().contains("taken over"));
    }
  }

  private RunningService startSecondOfTwo() throws Exception {
    try (RunningService first = start()) {
      awaitReady(first);
      first.post("first");
      await().atMost(SOON).until(() -> stream.bodies().equals(List.of("first")));
      RunningService second = start();
      awaitReady(second);
      return second;
    }
  }

  private RunningService start() {
    return RunningService.start(postgres, jdbcUrl, nats);
  }

  private static void awaitReady(RunningService... services) {
    for (RunningService service : services) {
      await().atMost(SOON).until(() -> service.get("/readyz").statusCode() == 200);
    }
  }

  private void migrate() {
    try (RunningService service = start()) {
      awaitReady(service);
    }
  }

  /** As the version before did it. */
  private void leaveInOutbox(String body) throws SQLException {
    MeowCreated event =
        new MeowCreated(new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqGU"), body, Instant.EPOCH);
    try (var connection =
            DriverManager.getConnection(jdbcUrl, postgres.username(), postgres.password());
        var meow =
            connection.prepareStatement(
                "insert into meow (id, body, created_at) values (?, ?, ?)");
        var insert =
            connection.prepareStatement(
                "insert into outbox (message_id, subject, payload) values (?, ?, ?)")) {
      meow.setString(1, event.id().value());
      meow.setString(2, body);
      meow.setObject(3, event.createdAt().atOffset(ZoneOffset.UTC));
      meow.executeUpdate();
      insert.setString(1, event.id().value());
      insert.setString(2, MeowStream.CREATED);
      insert.setString(3, new String(MeowEventJson.encode(event), StandardCharsets.UTF_8));
      insert.executeUpdate();
    }
  }

  private void execute(String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(jdbcUrl, postgres.username(), postgres.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int rows(String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(jdbcUrl, postgres.username(), postgres.password());
        var statement = connection.createStatement();
        var result = statement.executeQuery("select count(*) from (" + sql + ") as found")) {
      result.next();
      return result.getInt(1);
    }
  }
}
