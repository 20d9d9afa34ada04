package meower.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import meower.program.TestProgram.Message;
import meower.testservers.TestNats;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Postgres or NATS is away. */
class OutageIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final TestPostgres postgres = TestServers.postgres();
  private final TestNats nats = TestServers.nats();
  private String database;
  private RunningService service;
  private TestProgram program;

  private record Timed(HttpResponse<String> answer, Duration took) {}

  @BeforeEach
  void start() throws Exception {
    database = postgres.createDatabase();
    service = RunningService.start(postgres, database, nats.url());
    program = service.as("worker");
    program.put("jobs", "{}");
  }

  @AfterEach
  void stop() {
    TestServers.postgres();
    TestServers.nats();
    service.close();
  }

  @Test
  void answers503WhilePostgresHangsAndThenWorksByItself() throws Exception {
    program.publish("jobs", "hello");
    Message message = program.fetch("jobs", "lease=60s").getFirst();
    postgres.pause();
    refusesEverything(message.lease());
    postgres.resume();
    await().atMost(SOON).until(() -> program.get("/queues/jobs").statusCode() == 200);
    assertThat(program.settle("acknowledge", "jobs", message.lease())).isIn(204, 404);
    assertThat(program.settle("acknowledge", "jobs", message.lease())).isEqualTo(404);
  }

  @Test
  void answers503WhilePostgresIsGoneAndKeepsWhatItHad() throws Exception {
    program.publish("jobs", "hello");
    Message message = program.fetch("jobs", "lease=60s").getFirst();
    postgres.kill();
    refusesEverything(message.lease());
    postgres.start();
    await().atMost(SOON).until(() -> program.get("/queues/jobs").statusCode() == 200);
    assertThat(program.settle("acknowledge", "jobs", message.lease())).isEqualTo(204);
  }

  private void refusesEverything(String lease) throws Exception {
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Timed>> answers =
          Stream.of(
                  "/queues/jobs/publish",
                  "/queues/jobs/fetch",
                  "/queues/jobs/fetch?wait=30s",
                  "/queues/jobs/acknowledge/" + lease,
                  "/queues/jobs/extend/" + lease)
              .map(path -> clients.submit(() -> timed(path)))
              .toList();
      for (Future<Timed> future : answers) {
        Timed timed = future.get();
        assertThat(timed.answer().statusCode()).as(timed.toString()).isEqualTo(503);
        assertThat(timed.answer().headers().firstValue("Retry-After")).isPresent();
        assertThat(timed.took()).isLessThan(Duration.ofSeconds(7));
      }
    }
  }

  private Timed timed(String path) {
    long begin = System.nanoTime();
    HttpResponse<String> answer = program.post(path);
    return new Timed(answer, Duration.ofNanos(System.nanoTime() - begin));
  }

  @Test
  void whoWaitsIsToldThatPostgresIsGone() throws Exception {
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Timed> waiting = clients.submit(() -> timed("/queues/jobs/fetch?wait=30s"));
      Awaiting.fetchesOf(service, 1);
      postgres.kill();
      Timed timed = waiting.get();
      assertThat(timed.answer().statusCode()).isEqualTo(503);
      assertThat(timed.took()).isLessThan(Duration.ofSeconds(15));
    }
  }

  @Test
  void queuesWorkWithoutNats() throws Exception {
    nats.kill();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor();
        RunningService other = RunningService.start(postgres, database, nats.url())) {
      Future<List<Message>> waiting =
          clients.submit(() -> other.as("worker").fetch("jobs", "wait=10s"));
      Awaiting.fetchesOf(other, 1);
      long begin = System.nanoTime();
      program.publish("jobs", "hello");
      assertThat(waiting.get()).hasSize(1);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void startsWithoutPostgresAndServesWhenItIsThere() throws Exception {
    postgres.stop();
    try (RunningService early = RunningService.startUnready(postgres, database, nats.url())) {
      assertThat(early.isReady()).isFalse();
      assertThat(early.as("worker").get("/queues").statusCode()).isEqualTo(503);
      postgres.start();
      await().atMost(SOON).until(early::isReady);
      assertThat(early.as("worker").get("/queues").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void makesItsDatabaseWhereThereIsNone() throws Exception {
    String name = "programs_" + Long.toString(System.nanoTime(), 36);
    String url = postgres.jdbcUrl().replaceAll("[^/]+$", name);
    try (RunningService early = RunningService.startUnready(postgres, url, nats.url());
        RunningService beside = RunningService.startUnready(postgres, url, nats.url())) {
      await().atMost(SOON).until(early::isReady);
      await().atMost(SOON).until(beside::isReady);
      assertThat(early.as("worker").put("jobs", "{}").statusCode()).isEqualTo(201);
    }
    try (var connection =
        DriverManager.getConnection(url, postgres.username(), postgres.password())) {
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  @Test
  void endsQuicklyAlthoughSomebodyWaits() throws Exception {
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      RunningService other = RunningService.start(postgres, database, nats.url());
      Future<List<Message>> waiting =
          clients.submit(() -> other.as("worker").fetch("jobs", "wait=30s"));
      Awaiting.fetchesOf(other, 1);
      long begin = System.nanoTime();
      other.close();
      assertThat(waiting.get()).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(6));
    }
  }
}
