package meower.program.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import meower.program.RunningService;
import meower.program.TestProgram;
import meower.program.receiver.SigningSecret;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Queues that are pushed. Waits are shorter than usual. */
class PushIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  private static RunningService service;
  private static TestProgram program;

  private final String name = "q-" + Long.toString(System.nanoTime(), 36);
  private final String path = "/queues/" + name;
  private TestReceiver receiver;

  @BeforeAll
  static void start() throws Exception {
    TestPostgres postgres = TestServers.postgres();
    service =
        RunningService.start(
            postgres, postgres.createDatabase(), TestServers.nats().url(), settings());
    program = service.as("shop");
  }

  static String[] settings() {
    return new String[] {
      "--meower.outbound.allowed-networks=127.0.0.0/8",
      "--meower.queues.calls-per-second=100000",
      "--meower.secret.key=" + Base64.getEncoder().encodeToString(new byte[32]),
      "--meower.push.retry-delays=20ms",
      "--meower.push.first-probe=50ms",
      "--meower.push.longest-probe=200ms"
    };
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void open() throws IOException {
    receiver = new TestReceiver();
  }

  @AfterEach
  void close() {
    program.delete(path);
    receiver.close();
  }

  @Test
  void bringsMessagesToTheReceiver() {
    String secret = define(receiver.url(), "").get("secret").stringValue();
    String id = program.publish(name, "hello");
    await().atMost(SOON).until(() -> receiver.calls().size() == 1);
    TestReceiver.Call call = receiver.calls().getFirst();
    assertThat(call.body()).isEqualTo("hello");
    assertThat(call.id()).isEqualTo(id);
    assertThat(call.delivery()).isOne();
    assertThat(call.headers())
        .containsEntry("content-type", "text/plain")
        .containsEntry("meower-queue", name)
        .containsEntry("user-agent", "Meower");
    assertThat(signatures(call)).containsExactly(signature(secret, call));
    assertThat(Instant.ofEpochSecond(Long.parseLong(call.headers().get("webhook-timestamp"))))
        .isBetween(Instant.now().minusSeconds(30), Instant.now().plusSeconds(5));
    await().atMost(SOON).until(() -> left() == 0);
    await().atMost(SOON).until(() -> push().path("last_status").asInt(0) == 204);
    assertThat(receiver.calls()).hasSize(1);
  }

  @Test
  void showsTheSecretOnceAndStoresItEncrypted() {
    JsonNode first = define(receiver.url(), "");
    String secret = first.get("secret").stringValue();
    assertThat(Base64.getDecoder().decode(secret.substring("whsec_".length()))).hasSize(32);
    assertThat(first.get("max_deliveries").intValue()).isEqualTo(12);
    assertThat(define(receiver.url(), "").has("secret")).isFalse();
    assertThat(program.get(path).body()).doesNotContain("whsec_");
    byte[] stored =
        service
            .bean(JdbcClient.class)
            .sql("select secret from push_secret join queue on queue.id = queue where name = ?")
            .param(name)
            .query(byte[].class)
            .single();
    assertThat(Base64.getEncoder().encodeToString(stored))
        .doesNotContain(secret.substring("whsec_".length(), secret.length() - 5));
    assertThat(stored).hasSize(1 + 12 + 32 + 16);
  }

  @Test
  void sendsNothingUntilTheChallengeIsAnswered() {
    receiver.ignoreChallenges();
    define(receiver.url(), "");
    program.publish(name, "hello");
    await().atMost(SOON).until(() -> receiver.challenges().size() >= 3);
    assertThat(receiver.calls()).isEmpty();
    await().atMost(SOON).until(() -> push().has("last_error"));
    assertThat(push().get("state").stringValue()).isEqualTo("unverified");
    assertThat(push().get("last_error").stringValue()).contains("without the challenge");
    receiver.answerChallenges();
    await().atMost(SOON).until(() -> receiver.calls().size() == 1);
    await().atMost(SOON).until(() -> state().equals("ok"));
    // Whoever is named next has to say that it wants that, too.
    try (TestReceiver other = new TestReceiver()) {
      other.ignoreChallenges();
      define(other.url(), "");
      assertThat(state()).isEqualTo("unverified");
      await().atMost(SOON).until(() -> !other.challenges().isEmpty());
      program.publish(name, "again");
      int before = other.challenges().size();
      await().atMost(SOON).until(() -> other.challenges().size() >= before + 2);
      assertThat(other.calls()).isEmpty();
      assertThat(receiver.calls()).hasSize(1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void nobodyFetchesFromIt() {
    define(receiver.url(), "");
    HttpResponse<String> refused = program.post(path + "/fetch");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("/problems/queue-is-pushed");
    program.put(name, "{}");
    assertThat(program.post(path + "/fetch").statusCode()).isEqualTo(200);
    assertThat(program.post(path + "/push/resume").body())
        .contains("/problems/queue-is-not-pushed");
  }

  @Test
  void goesToTheDeadLettersAfterTheHardLimit() {
    receiver.answer(500);
    define(receiver.url(), "");
    String id = program.publish(name, "poison");
    await().atMost(SOON).until(() -> left() == 0);
    assertThat(receiver.calls()).extracting(TestReceiver.Call::id).containsOnly(id);
    assertThat(receiver.calls())
        .extracting(TestReceiver.Call::delivery)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 12).boxed().toList());
    JsonNode letter =
        TestProgram.json(program.get(path + "/dead-letters")).get("dead_letters").get(0);
    assertThat(letter.get("reason").stringValue()).isEqualTo("refused");
    assertThat(letter.get("deliveries").intValue()).isEqualTo(12);
    assertThat(letter.get("last_error").stringValue()).isEqualTo("answered 500");
  }

  @Test
  void aRefusedMessageDoesNotHoldUpTheOthers() {
    receiver.answer(call -> call.body().equals("poison") ? 422 : 200);
    define(receiver.url(), "");
    program.publish(name, "poison");
    IntStream.range(0, 20).forEach(i -> program.publish(name, "m" + i));
    await().atMost(SOON).until(() -> left() == 0);
    assertThat(bodies()).contains("m0", "m19");
    assertThat(bodies().stream().filter("poison"::equals)).hasSize(12);
    assertThat(bodies().stream().filter(body -> body.startsWith("m"))).hasSize(20);
  }

  /** It listens no more, and then again on the same port. */
  @Test
  void anOutageBurnsNoTries() throws IOException {
    define(receiver.url(), "");
    program.publish(name, "before");
    await().atMost(SOON).until(() -> left() == 0);
    int port = receiver.port();
    receiver.close();
    IntStream.range(0, 30).forEach(i -> program.publish(name, "m" + i));
    await().atMost(SOON).until(() -> state().equals("failing"));
    double down = metric("meower.pushes.down");
    await().atMost(SOON).until(() -> metric("meower.pushes.down") >= down + 15);
    assertThat(push().get("last_error").stringValue()).isEqualTo("no connection");
    assertThat(deliveries()).isLessThanOrEqualTo(1);
    receiver = new TestReceiver(port);
    await().atMost(SOON).until(() -> left() == 0);
    assertThat(bodies()).hasSize(30).contains("m0", "m29");
    assertThat(receiver.calls()).extracting(TestReceiver.Call::delivery).containsOnly(1);
    await().atMost(SOON).until(() -> state().equals("ok"));
  }

  @Test
  void leavesAloneWhoAsksForThat() {
    receiver.answer(429);
    receiver.send(Map.of("Retry-After", "2"));
    define(receiver.url(), "");
    program.publish(name, "hello");
    await().atMost(SOON).until(() -> receiver.calls().size() == 1);
    long begin = System.nanoTime();
    receiver.answer(200);
    await().atMost(SOON).until(() -> receiver.calls().size() == 2);
    assertThat(System.nanoTime() - begin).isGreaterThan(Duration.ofMillis(1500).toNanos());
    assertThat(receiver.calls().get(1).delivery()).isOne();
  }

  @Test
  void aReceiverThatIsDownIsTriedByOneCallAtATime() {
    CountDownLatch hold = receiver.hold();
    define(receiver.url(), ",\"timeout\":\"1s\"");
    IntStream.range(0, 30).forEach(i -> program.publish(name, "m" + i));
    await().atMost(SOON).until(() -> receiver.calls().size() >= 3);
    assertThat(receiver.mostInFlight()).isLessThanOrEqualTo(3); // ours has gone, its thread not yet
    assertThat(deliveries()).isLessThanOrEqualTo(1);
    receiver.answer(200);
    hold.countDown();
    await().atMost(SOON).until(() -> left() == 0);
  }

  @Test
  void aDeadReceiverDelaysNobodyElse() throws IOException {
    String dead = name + "-dead";
    try (TestReceiver other = new TestReceiver()) {
      CountDownLatch hold = other.hold();
      define(dead, other.url(), ",\"timeout\":\"30s\",\"max_in_flight\":100");
      IntStream.range(0, 300).forEach(i -> program.publish(dead, "m" + i));
      await().atMost(SOON).until(() -> other.inFlight() >= 1);
      define(receiver.url(), "");
      long begin = System.nanoTime();
      IntStream.range(0, 50).forEach(i -> program.publish(name, "m" + i));
      await().atMost(SOON).until(() -> left() == 0);
      assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(10).toNanos());
      assertThat(bodies()).hasSize(50);
      hold.countDown();
    } finally {
      program.delete("/queues/" + dead);
    }
  }

  @Test
  void neverMoreAtOnceThanTheDefinitionSays() {
    define(receiver.url(), ",\"max_in_flight\":3");
    IntStream.range(0, 10).forEach(i -> program.publish(name, "warm " + i));
    await().atMost(SOON).until(() -> left() == 0);
    CountDownLatch hold = receiver.hold();
    IntStream.range(0, 20).forEach(i -> program.publish(name, "m" + i));
    await().atMost(SOON).until(() -> receiver.inFlight() == 3);
    await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> receiver.inFlight() == 3);
    hold.countDown();
    await().atMost(SOON).until(() -> left() == 0);
    assertThat(receiver.mostInFlight()).isEqualTo(3);
  }

  @Test
  void whoWantsNothingAnyMoreIsPausedUntilItIsResumed() {
    receiver.answer(410);
    define(receiver.url(), "");
    program.publish(name, "hello");
    await().atMost(SOON).until(() -> state().equals("paused"));
    program.publish(name, "still there");
    await().during(Duration.ofMillis(700)).atMost(SOON).until(() -> receiver.calls().size() == 1);
    assertThat(metric("meower.pushes.paused")).isPositive();
    assertThat(push().get("last_status").intValue()).isEqualTo(410);
    receiver.answer(200);
    HttpResponse<String> resumed = program.post(path + "/push/resume");
    assertThat(TestProgram.json(resumed).get("state").stringValue()).isEqualTo("ok");
    await().atMost(SOON).until(() -> left() == 0);
    assertThat(bodies()).containsExactlyInAnyOrder("hello", "hello", "still there");
    assertThat(receiver.calls()).extracting(TestReceiver.Call::delivery).containsOnly(1);
  }

  @Test
  void neverFollowsARedirection() throws IOException {
    try (TestReceiver elsewhere = new TestReceiver()) {
      define(receiver.url(), ",\"timeout\":\"2s\"");
      receiver.answer(307);
      receiver.send(Map.of("Location", elsewhere.url()));
      program.publish(name, "hello");
      await().atMost(SOON).until(() -> dead() == 1);
      assertThat(elsewhere.calls()).isEmpty();
      assertThat(elsewhere.challenges()).isEmpty();
    }
  }

  @Test
  void bothSecretsSignForADayAfterAChange() {
    String first = define(receiver.url(), "").get("secret").stringValue();
    JsonNode changed = TestProgram.json(program.post(path + "/push/rotate-secret"));
    String second = changed.get("secret").stringValue();
    assertThat(Instant.parse(changed.get("previous_until").stringValue()))
        .isBetween(
            Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(25)));
    await()
        .atMost(SOON)
        .until(() -> {
          program.publish(name, "hello");
          await().atMost(SOON).until(() -> left() == 0);
          return signatures(receiver.calls().getLast()).size() == 2;
        });
    TestReceiver.Call call = receiver.calls().getLast();
    assertThat(signatures(call)).containsExactly(signature(second, call), signature(first, call));
    String third =
        TestProgram.json(program.post(path + "/push/rotate-secret")).get("secret").stringValue();
    await()
        .atMost(SOON)
        .until(() -> {
          program.publish(name, "hello");
          await().atMost(SOON).until(() -> left() == 0);
          TestReceiver.Call last = receiver.calls().getLast();
          return signatures(last).equals(List.of(signature(third, last), signature(second, last)));
        });
  }

  @Test
  void isTriedWhenSomebodyWantsToKnow() {
    receiver.ignoreChallenges();
    define(receiver.url(), "");
    JsonNode refused = TestProgram.json(program.post(path + "/push/test"));
    assertThat(refused.get("type").stringValue()).isEqualTo("meower.challenge");
    assertThat(refused.get("accepted").booleanValue()).isFalse();
    assertThat(program.post(path + "/push/test").statusCode()).isEqualTo(429);
    receiver.answerChallenges();
    await().atMost(SOON).until(() -> state().equals("ok"));
    await()
        .atMost(SOON)
        .until(() -> program.post(path + "/push/test").body().contains("\"meower.test\""));
    assertThat(receiver.calls().getFirst().body()).contains("\"type\":\"meower.test\"");
  }

  @Test
  void anUnsafeUrlIsRefused() {
    for (String url :
        List.of(
            "http://10.0.0.1/",
            "https://[::ffff:a00:1]/",
            "ftp://example.org/",
            "https://u:p@example.org/",
            "http://192.168.0.1/hook")) {
      HttpResponse<String> refused = put(name, url, "");
      assertThat(refused.statusCode()).as(url).isEqualTo(400);
      assertThat(refused.body()).as(url).contains("/problems/unsafe-url");
    }
    assertThat(program.get(path).statusCode()).isEqualTo(404);
    // What a name stands for is looked at when it is called.
    define("https://localhost:" + receiver.port() + "/hook", "");
    define("http://printer.invalid/hook", "");
    await().atMost(SOON).until(() -> push().has("last_error"));
    assertThat(state()).isEqualTo("unverified");
  }

  @Test
  void refusesADefinitionThatIsNone() {
    for (String push :
        List.of(
            "1",
            "{}",
            "{\"url\":1}",
            "{\"url\":\"http://127.0.0.1:9/\",\"retries\":3}",
            "{\"url\":\"http://127.0.0.1:9/\",\"timeout\":\"31s\"}",
            "{\"url\":\"http://127.0.0.1:9/\",\"max_in_flight\":0}")) {
      assertThat(program.put(name, "{\"push\":" + push + "}").statusCode()).as(push).isEqualTo(400);
    }
  }

  private JsonNode define(String url, String further) {
    return define(name, url, further);
  }

  private JsonNode define(String queue, String url, String further) {
    HttpResponse<String> answer = put(queue, url, further);
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    return TestProgram.json(answer);
  }

  private static HttpResponse<String> put(String queue, String url, String further) {
    return program.put(queue, "{\"push\":{\"url\":\"" + url + "\"" + further + "}}");
  }

  private JsonNode queue() {
    return TestProgram.json(program.get(path));
  }

  private JsonNode push() {
    return queue().get("push");
  }

  private String state() {
    return push().get("state").stringValue();
  }

  private long dead() {
    return queue().get("dead").longValue();
  }

  private long left() {
    JsonNode queue = queue();
    return queue.get("ready").longValue()
        + queue.get("leased").longValue()
        + queue.get("delayed").longValue();
  }

  /** How often any message of the queue was delivered at most. */
  private int deliveries() {
    return service
        .bean(JdbcClient.class)
        .sql("select max(deliveries) from message join queue on queue.id = queue where name = ?")
        .param(name)
        .query(Integer.class)
        .single();
  }

  private List<String> bodies() {
    return receiver.calls().stream().map(TestReceiver.Call::body).toList();
  }

  private static double metric(String metric) {
    try {
      return service.metric(metric);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> signatures(TestReceiver.Call call) {
    return Arrays.asList(call.headers().get("webhook-signature").split(" ", -1));
  }

  private static String signature(String secret, TestReceiver.Call call) {
    byte[] bytes = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    return new SigningSecret(bytes, null)
        .sign(
            call.id(),
            Long.parseLong(call.headers().get("webhook-timestamp")),
            call.body().getBytes(StandardCharsets.UTF_8));
  }
}
