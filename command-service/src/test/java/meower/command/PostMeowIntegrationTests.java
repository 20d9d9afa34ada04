package meower.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import meower.testservers.TestNats;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PostMeowIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  private TestPostgres postgres;
  private TestNats nats;
  private StreamReader stream;
  private String jdbcUrl;
  private RunningService service;

  @BeforeEach
  void startService() throws Exception {
    postgres = TestServers.postgres();
    nats = TestServers.nats();
    stream = StreamReader.of(nats);
    stream.deleteStream();
    jdbcUrl = postgres.createDatabase();
    service = RunningService.start(postgres, jdbcUrl, nats);
    await().atMost(SOON).until(() -> service.get("/readyz").statusCode() == 200);
  }

  @AfterEach
  void stopService() throws Exception {
    TestServers.postgres();
    TestServers.nats();
    service.close();
    stream.close();
  }

  @Test
  void answersWithTheMeowAndWhereItIs() throws Exception {
    HttpResponse<String> answer = service.postJson("{\"body\":\" Cafe\\u0301 🐈 \"}");

    JsonNode meow = JsonMapper.shared().readTree(answer.body());
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(meow.propertyNames()).containsExactlyInAnyOrder("id", "body", "created_at");
    assertThat(meow.get("body").stringValue()).isEqualTo("Café 🐈");
    assertThat(meow.get("id").stringValue()).hasSize(27);
    assertThat(Instant.parse(meow.get("created_at").stringValue()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    assertThat(answer.headers().firstValue("Location"))
        .contains("/meows/" + meow.get("id").stringValue());
  }

  @Test
  void storesTheMeowAndPublishesItsEvent() throws Exception {
    service.post("one");

    await().atMost(SOON).until(() -> stream.bodies().equals(List.of("one")));
    assertThat(count("meow")).isEqualTo(1);
    await().atMost(SOON).until(() -> count("outbox") == 0);
  }

  @Test
  void refusesBadInputAndStoresNothing() throws Exception {
    assertProblem(service.post(""), 400, "/problems/blank");
    assertProblem(service.post("\u3164\uFE0F"), 400, "/problems/blank");
    assertProblem(service.post("x".repeat(141)), 400, "/problems/too-long");
    assertProblem(service.post("x\n".repeat(9) + "x"), 400, "/problems/too-many-lines");
    assertProblem(service.post("x\u0000"), 400, "/problems/forbidden-character");
    assertProblem(service.postJson("{"), 400, "/problems/malformed-request");

    assertThat(count("meow")).isZero();
  }

  @Test
  void storesNothingForWhoTakesNoJson() throws Exception {
    nats.kill();
    for (String accept :
        List.of(
            "text/html",
            "application/problem+json",
            "application/json;q=0, */*;q=0.1",
            "nonsense")) {
      assertProblem(
          service.postJson("{\"body\":\"unwanted\"}", "Accept", accept),
          406,
          "/problems/not-acceptable");
    }
    assertThat(count("meow")).isZero();
    assertThat(count("outbox")).isZero();

    for (String accept :
        List.of(
            "*/*", "application/problem+json, application/json;q=0.1", "text/html, */*;q=0.8")) {
      HttpResponse<String> answer = service.postJson("{\"body\":\"wanted\"}", "Accept", accept);
      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }
    assertThat(count("meow")).isEqualTo(3);
    assertThat(count("outbox")).isEqualTo(3);
  }

  @Test
  void acceptsPostsWhileNatsIsDownAndPublishesThemAfterwards() throws Exception {
    nats.kill();
    List<String> bodies = IntStream.range(0, 100).mapToObj(i -> "meow " + i).toList();
    for (String body : bodies) {
      assertThat(service.post(body).statusCode()).isEqualTo(201);
    }

    nats.start();

    await().atMost(SOON).ignoreExceptions().until(() -> stream.bodies().equals(bodies));
  }

  @Test
  void answers503Within5SecondsWhilePostgresHangsAndThenWorksByItself() throws Exception {
    postgres.pause();
    long start = System.nanoTime();
    HttpResponse<String> answer = service.post("too early");
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertProblem(answer, 503, "/problems/unavailable");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(took).isLessThan(Duration.ofSeconds(5));

    postgres.resume();
    await().atMost(SOON).until(() -> service.post("again").statusCode() == 201);
  }

  @Test
  void answers503WhilePostgresIsGoneAndThenWorksByItself() throws Exception {
    postgres.kill();
    assertProblem(service.post("too early"), 503, "/problems/unavailable");

    postgres.start();
    await().atMost(SOON).until(() -> service.post("again").statusCode() == 201);
    await().atMost(SOON).until(() -> stream.bodies().contains("again"));
  }

  @Test
  void startsWhileNothingElseIsThere() throws Exception {
    postgres.kill();
    nats.kill();
    try (RunningService early = RunningService.start(postgres, jdbcUrl, nats)) {
      assertThat(early.get("/livez").statusCode()).isEqualTo(200);
      assertProblem(early.post("too early"), 503, "/problems/unavailable");

      postgres.start();
      nats.start();

      await().atMost(SOON).until(() -> early.get("/readyz").statusCode() == 200);
      assertThat(early.post("at last").statusCode()).isEqualTo(201);
      await()
          .atMost(SOON)
          .ignoreExceptions()
          .until(() -> stream.bodies().equals(List.of("at last")));
    }
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String type) {
    JsonNode problem = JsonMapper.shared().readTree(answer.body());
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(problem.get("type").stringValue()).isEqualTo(type);
    assertThat(problem.get("detail").stringValue()).isNotBlank();
    assertThat(answer.body()).doesNotContain("Exception").doesNotContain("org.postgresql");
  }

  private int count(String table) throws Exception {
    try (var connection =
            DriverManager.getConnection(jdbcUrl, postgres.username(), postgres.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from " + table)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
