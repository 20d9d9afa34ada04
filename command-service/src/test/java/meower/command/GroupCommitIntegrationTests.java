package meower.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import meower.testservers.TestNats;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many posts at once. */
class GroupCommitIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private TestPostgres postgres;
  private TestNats nats;
  private String jdbcUrl;
  private RunningService service;

  @BeforeEach
  void startService() throws Exception {
    postgres = TestServers.postgres();
    nats = TestServers.nats();
    StreamReader.deleteStream(nats);
    jdbcUrl = postgres.createDatabase();
    service =
        RunningService.start(
            postgres,
            jdbcUrl,
            nats,
            "--meower.posts.queue-capacity=50",
            "--meower.posts.batch-size=10");
    await().atMost(SOON).until(() -> service.get("/readyz").statusCode() == 200);
  }

  @AfterEach
  void stopService() {
    TestServers.postgres();
    service.close();
    clients.close();
  }

  @Test
  void postsThatComeTogetherShareCommits() throws Exception {
    long before = commits();
    List<Future<Answer>> answers;
    try (Connection other = connect()) {
      // The first commit waits for this one, and the others for the first.
      other.setAutoCommit(false);
      other.createStatement().execute("lock table outbox in exclusive mode");
      answers = postAtOnce(40);
      awaitAllWaiting();
      other.commit();
    }

    assertThat(statuses(answers)).containsOnly(201);
    assertThat(commits() - before).isLessThanOrEqualTo(5);
    assertThat(count("select count(*) from meow")).isEqualTo(40);
  }

  @Test
  void refusesAFloodThatPostgresDoesNotTakeAndServesAgainAfterwards() throws Exception {
    postgres.pause();
    List<Future<Answer>> answers = postAtOnce(400);

    List<Answer> refused = new ArrayList<>();
    for (Future<Answer> answer : answers) {
      refused.add(answer.get());
    }

    assertThat(refused).allMatch(answer -> answer.status() == 503 && answer.namesRetryAfter());
    assertThat(refused).allMatch(answer -> answer.took().toSeconds() < 20);
    postgres.resume();
    await().atMost(SOON).until(() -> service.post("again").statusCode() == 201);
  }

  @Test
  void doesNotStoreAfterwardsWhatWasGivenUpInTheQueue() throws Exception {
    postgres.pause();
    assertThat(statuses(postAtOnce(50))).containsOnly(503);

    postgres.resume();

    await().atMost(SOON).until(() -> service.post("again").statusCode() == 201);
    // Two commits can have begun in the time that a post waits; what they had taken may be stored.
    assertThat(count("select count(*) from meow where body like 'at once%'"))
        .isLessThanOrEqualTo(20);
  }

  private record Answer(int status, boolean namesRetryAfter, Duration took) {}

  private List<Future<Answer>> postAtOnce(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> clients.submit(() -> post("at once " + i)))
        .toList();
  }

  private Answer post(String body) throws Exception {
    long start = System.nanoTime();
    HttpResponse<String> answer = service.post(body);
    return new Answer(
        answer.statusCode(),
        answer.headers().firstValue("Retry-After").isPresent(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private static List<Integer> statuses(List<Future<Answer>> answers) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (Future<Answer> answer : answers) {
      statuses.add(answer.get().status());
    }
    return statuses;
  }

  /** Returns when nobody comes to those any more who wait behind the first commit. */
  private void awaitAllWaiting() {
    AtomicReference<Double> before = new AtomicReference<>(0.0);
    await()
        .atMost(Duration.ofSeconds(4))
        .pollInterval(Duration.ofMillis(300))
        .until(() -> {
          double now = waiting();
          return now > 0 && now == before.getAndSet(now);
        });
  }

  private double waiting() throws Exception {
    String body = service.manage("/actuator/metrics/meower.posts.waiting").body();
    return Double.parseDouble(body.replaceAll("(?s).*\"value\":([0-9.E]+).*", "$1"));
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl, postgres.username(), postgres.password());
  }

  private long commits() throws Exception {
    return count("select count(distinct xmin::text) from meow_event");
  }

  private long count(String sql) throws Exception {
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
