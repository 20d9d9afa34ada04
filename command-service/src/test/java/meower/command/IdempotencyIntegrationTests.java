package meower.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meower.testservers.TestNats;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class IdempotencyIntegrationTests {

  private final TestPostgres postgres = TestServers.postgres();
  private final TestNats nats = TestServers.nats();
  private String jdbcUrl;
  private RunningService one;
  private RunningService other;

  @BeforeEach
  void startTwoInstances() throws Exception {
    StreamReader.deleteStream(nats);
    jdbcUrl = postgres.createDatabase();
    one = RunningService.start(postgres, jdbcUrl, nats);
    other = RunningService.start(postgres, jdbcUrl, nats);
    for (RunningService service : List.of(one, other)) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> service.get("/readyz").statusCode() == 200);
    }
  }

  @AfterEach
  void stop() {
    other.close();
    one.close();
  }

  @Test
  void aRepeatedPostGetsTheFirstAnswerAgain() throws Exception {
    HttpResponse<String> first = one.post("once", "key 1");
    HttpResponse<String> again = other.post(" once ", "key 1");

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(again.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(JsonMapper.shared().readTree(again.body()))
        .isEqualTo(JsonMapper.shared().readTree(first.body()));
    assertThat(count("meow")).isEqualTo(1);
  }

  @Test
  void anotherMeowUnderTheSameKeyIsRefused() throws Exception {
    one.post("first", "key 1");

    HttpResponse<String> second = one.post("second", "key 1");

    assertThat(second.statusCode()).isEqualTo(422);
    assertThat(second.body()).contains("/problems/idempotency-key-reused");
    assertThat(count("meow")).isEqualTo(1);
  }

  @Test
  void aMeowOfFormerRulesIsStillRepeated() throws Exception {
    HttpResponse<String> first = one.post("former", "key 1");
    String lines = "\n".repeat(9);
    execute("update meow set body = 'a" + lines + "b' where body = 'former'");

    HttpResponse<String> again = one.post("a" + lines.replace("\n", "\r\n") + "b ", "key 1");
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(again.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));

    assertThat(one.post("another", "key 1").statusCode()).isEqualTo(422);
    assertThat(one.post("a" + lines + "c", "key 1").body()).contains("/problems/too-many-lines");
    assertThat(one.post("a" + lines + "b", "key 2").body()).contains("/problems/too-many-lines");
    assertThat(count("meow")).isEqualTo(1);
  }

  @Test
  void postsThatComeAtOnceOnTwoInstancesMakeOneMeow() throws Exception {
    List<Callable<HttpResponse<String>>> posts =
        IntStream.range(0, 40)
            .<Callable<HttpResponse<String>>>mapToObj(
                i -> () -> (i % 2 == 0 ? one : other).post("at once", "key " + i * 7 % 5))
            .toList();
    try (var clients = Executors.newFixedThreadPool(16)) {
      for (Future<HttpResponse<String>> answer : clients.invokeAll(posts)) {
        assertThat(answer.get().statusCode()).isEqualTo(201);
      }
    }

    assertThat(count("meow")).isEqualTo(5);
  }

  @Test
  void aKeyIsFreeAgainAfter24Hours() throws Exception {
    one.post("yesterday", "key 1");
    execute("update idempotency_key set created_at = created_at - interval '24 hours'");

    assertThat(one.post("today", "key 1").statusCode()).isEqualTo(201);
    assertThat(one.post("today", "key 1").headers().firstValue("Idempotency-Replayed"))
        .contains("true");
    assertThat(count("meow")).isEqualTo(2);
  }

  @Test
  void keysAreForgottenAfter24Hours() throws Exception {
    one.post("yesterday", "key 1");
    one.post("today", "key 2");
    execute(
        "update idempotency_key set created_at = created_at - interval '24 hours'"
            + " where key = 'key 1'");

    try (RunningService next = RunningService.start(postgres, jdbcUrl, nats)) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> next.isRunning() && count("idempotency_key") == 1);
    }
  }

  @Test
  void aKeyOfTheProxyIsFreeAgainAfter10Minutes() throws Exception {
    one.post("first", "nginx-1");
    one.post("first", "key 1");
    execute("update idempotency_key set created_at = created_at - interval '10 minutes'");

    assertThat(one.post("second", "nginx-1").statusCode()).isEqualTo(201);
    assertThat(one.post("second", "key 1").statusCode()).isEqualTo(422);
    assertThat(count("meow")).isEqualTo(3);
  }

  @Test
  void keysOfTheProxyAreForgottenAfter10Minutes() throws Exception {
    one.post("first", "nginx-1");
    one.post("first", "key 1");
    execute("update idempotency_key set created_at = created_at - interval '10 minutes'");
    one.post("later", "nginx-2");

    try (RunningService next = RunningService.start(postgres, jdbcUrl, nats)) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> next.isRunning() && count("idempotency_key") == 2);
    }
    assertThat(count("idempotency_key where key = 'nginx-1'")).isZero();
  }

  @Test
  void aKeyThatIsNoneIsRefused() throws Exception {
    for (String key : Stream.of("", "x".repeat(256), "tab\tinside").toList()) {
      HttpResponse<String> answer = one.post("hi", key);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("Idempotency-Key");
    }
    HttpResponse<String> two =
        one.postJson("{\"body\":\"hi\"}", "Idempotency-Key", "a", "Idempotency-Key", "b");
    assertThat(two.statusCode()).isEqualTo(400);
    assertThat(two.body()).contains("Idempotency-Key");
    assertThat(count("meow")).isZero();
  }

  private void execute(String sql) throws Exception {
    try (var connection =
            DriverManager.getConnection(jdbcUrl, postgres.username(), postgres.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
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
