package meower.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meower.testservers.TestNats;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import meower.web.pass.Pass;
import meower.web.pass.PassKeys;
import meower.web.pass.Scope;
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
            + " where meow_id = (select id from meow where body = 'yesterday')");

    try (RunningService next = RunningService.start(postgres, jdbcUrl, nats)) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> next.isRunning() && count("idempotency_key") == 1);
    }
  }

  @Test
  void aKeyOfTheProxyIsFreeAgainAfter10Minutes() throws Exception {
    postAs("first", "Meower-Attempt", "1");
    one.post("first", "key 1");
    one.post("first", "nginx-1");
    assertThat(count("meow")).isEqualTo(3);
    execute("update idempotency_key set created_at = created_at - interval '10 minutes'");

    assertThat(postAs("second", "Meower-Attempt", "1").statusCode()).isEqualTo(201);
    assertThat(one.post("second", "key 1").statusCode()).isEqualTo(422);
    assertThat(one.post("second", "nginx-1").statusCode()).isEqualTo(422);
    assertThat(count("meow")).isEqualTo(4);
  }

  @Test
  void keysOfTheProxyAreForgottenAfter10Minutes() throws Exception {
    postAs("first", "Meower-Attempt", "1");
    one.post("first", "nginx-1");
    execute("update idempotency_key set created_at = created_at - interval '10 minutes'");
    postAs("later", "Meower-Attempt", "2");

    try (RunningService next = RunningService.start(postgres, jdbcUrl, nats)) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> next.isRunning() && count("idempotency_key") == 2);
    }
    assertThat(count("idempotency_key where key = 'nginx-1'")).isZero();
  }

  @Test
  void whatAClientSendsIsNoKeyOfTheProxy() throws Exception {
    HttpResponse<String> first = postAs("first", "Meower-Attempt", "1");

    assertThat(one.post("second", "nginx-1").statusCode()).isEqualTo(201);
    HttpResponse<String> guessed = one.post("first", "nginx-1");
    assertThat(guessed.statusCode()).isEqualTo(422);
    assertThat(postAs("first", "Meower-Attempt", "1").headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
  }

  @Test
  void aShortKeyIsThatOfOneAddress() throws Exception {
    assertApart("my-1", "203.0.113.7", "203.0.113.8");
    assertApart("my-2", "2001:db8:0:1::7", "2001:db8:0:2::7");
    assertApart("a-key-of-15-cha", "203.0.113.7", "2001:db8::1");

    assertOne("my-3", "203.0.113.7", "203.0.113.7");
    assertOne("my-4", "2001:db8:0:1::7", "2001:db8:0:1:ffff::1");
    assertOne("a-key-of-16-char", "203.0.113.7", "2001:db8::1");
  }

  private void assertApart(String key, String address, String other) throws Exception {
    List<String> locations = saidFrom(key, address, other);
    assertThat(locations).as(key).hasSize(2).doesNotHaveDuplicates();
  }

  private void assertOne(String key, String address, String other) throws Exception {
    List<String> locations = saidFrom(key, address, other);
    assertThat(locations).as(key).hasSize(2).containsOnly(locations.getFirst());
  }

  /** Posts the same from both addresses, and then something else. */
  private List<String> saidFrom(String key, String address, String other) throws Exception {
    List<String> locations = new ArrayList<>();
    for (String from : List.of(address, other)) {
      HttpResponse<String> said = postAs("said", "Idempotency-Key", key, "X-Forwarded-For", from);
      assertThat(said.statusCode()).as(key).isEqualTo(201);
      locations.add(said.headers().firstValue("Location").orElseThrow());
      assertThat(postAs("else", "Idempotency-Key", key, "X-Forwarded-For", from).statusCode())
          .as(key)
          .isEqualTo(422);
    }
    return locations;
  }

  @Test
  void aKeyIsThatOfOneProgram() throws Exception {
    String key = "a key of 16 characters or more";
    HttpResponse<String> first = postAs("said", "Idempotency-Key", key, "Meower-Pass", pass("p"));
    HttpResponse<String> other = postAs("else", "Idempotency-Key", key, "Meower-Pass", pass("q"));
    HttpResponse<String> nobody = postAs("else", "Idempotency-Key", key);
    HttpResponse<String> again =
        postAs(
            "said",
            "Idempotency-Key",
            key,
            "Meower-Pass",
            pass("p"),
            "X-Forwarded-For",
            "203.0.113.7");

    assertThat(List.of(first, other, nobody, again))
        .extracting(HttpResponse::statusCode)
        .containsOnly(201);
    assertThat(again.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(count("meow")).isEqualTo(3);
  }

  @Test
  void theTableHasNothingThatAClientWrote() throws Exception {
    one.post("said", "key 1");
    String stored = text("select key from idempotency_key");

    assertThat(stored).doesNotContain("key 1").doesNotContain("127.0.0.1");
    assertThat(one.post("said", stored.replace("·", ".")).statusCode()).isEqualTo(201);
    assertThat(count("meow")).isEqualTo(2);
  }

  /** The version before stored keys as they came. */
  @Test
  void aKeyOfTheVersionBeforeStillCounts() throws Exception {
    HttpResponse<String> first = one.post("said", "key 1");
    execute("update idempotency_key set key = 'key 1'");

    HttpResponse<String> again = other.post("said", "key 1");
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(other.post("else", "key 1").statusCode()).isEqualTo(422);
    assertThat(count("meow")).isEqualTo(1);

    execute("update idempotency_key set created_at = created_at - interval '24 hours'");
    assertThat(other.post("else", "key 1").statusCode()).isEqualTo(201);
  }

  @Test
  void besideAnInstanceOfTheVersionBeforeBothKnowTheKeysOfBoth() throws Exception {
    Properties older = new Properties();
    older.setProperty("user", postgres.username());
    older.setProperty("password", postgres.password());
    older.setProperty("ApplicationName", "command-service events");
    try (Connection connection = DriverManager.getConnection(jdbcUrl, older)) {
      AtomicInteger number = new AtomicInteger();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> {
            one.post("said", "key " + number.incrementAndGet());
            return count("idempotency_key where key = 'key " + number + "'") == 1;
          });
      execute("delete from idempotency_key where starts_with(key, 'sha256')");
      String key = "key " + number;
      assertThat(other.post("else", key).statusCode()).isEqualTo(422);
      assertThat(other.post("said", key).headers().firstValue("Idempotency-Replayed"))
          .contains("true");
      assertThat(connection.isClosed()).isFalse();
    }
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

  private HttpResponse<String> postAs(String body, String... headers) throws Exception {
    return one.postJson("{\"body\":\"" + body + "\"}", headers);
  }

  private String pass(String program) {
    return one.bean(PassKeys.class)
        .write(new Pass(program, Set.of(Scope.POST), Instant.now().plusSeconds(60)));
  }

  private void execute(String sql) throws Exception {
    try (var connection =
            DriverManager.getConnection(jdbcUrl, postgres.username(), postgres.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String text(String sql) throws Exception {
    try (var connection =
            DriverManager.getConnection(jdbcUrl, postgres.username(), postgres.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
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
