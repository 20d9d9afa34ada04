package meower.command.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import meower.command.RunningService;
import meower.command.StreamReader;
import meower.command.access.ProgramsForTests;
import meower.testservers.TestNats;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import meower.web.pass.Pass;
import meower.web.pass.PassKeys;
import meower.web.pass.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String PROGRAM = "bot";

  @TempDir static Path folder;

  private TestPostgres postgres;
  private StreamReader stream;
  private String jdbcUrl;
  private RunningService service;
  private double lastCount;

  @BeforeAll
  void startService() throws Exception {
    postgres = TestServers.postgres();
    TestNats nats = TestServers.nats();
    stream = StreamReader.of(nats);
    stream.deleteStream();
    jdbcUrl = postgres.createDatabase();
    service = start(nats);
    ProgramsForTests.add(service, PROGRAM);
  }

  private RunningService start(TestNats nats) throws Exception {
    return start(nats, 100_000, 200_000);
  }

  private RunningService start(TestNats nats, int rate, int burst) throws Exception {
    RunningService started =
        RunningService.start(
            postgres,
            jdbcUrl,
            nats,
            "--meower.passes.key-file=" + folder.resolve("passes"),
            "--meower.publish.rate=" + rate,
            "--meower.publish.burst=" + burst,
            "--meower.publish.max-sockets-per-program=3");
    await().atMost(SOON).until(() -> started.get("/readyz").statusCode() == 200);
    return started;
  }

  @BeforeEach
  void awaitTheEndOfFormerSockets() {
    await().atMost(SOON).until(() -> metric("meower.publish.sockets") == 0);
  }

  @AfterEach
  void restore() {
    TestServers.postgres();
  }

  @AfterAll
  void stopService() throws Exception {
    service.close();
    stream.close();
  }

  @Test
  void answersEachLineWithTheMeowItMade() throws Exception {
    try (ProgramSocket bot = connect()) {
      bot.say("hello there");
      bot.say(" whole world ");

      await().atMost(SOON).until(() -> bot.answered() == 2);
      JsonNode first = bot.answers().getFirst();
      assertThat(first.propertyNames()).containsExactly("status", "id", "created_at");
      assertThat(first.get("status").intValue()).isEqualTo(201);
      assertThat(first.get("id").stringValue()).hasSize(27);
      assertThat(Instant.parse(first.get("created_at").stringValue()))
          .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
      await()
          .atMost(SOON)
          .until(() ->
              said("hello there", "whole world").equals(List.of("hello there", "whole world")));
    }
  }

  @Test
  void answersWithTheRefOfEachFrame() throws Exception {
    try (ProgramSocket bot = connect(FrameFormat.SUBPROTOCOL)) {
      assertThat(bot.subprotocol()).isEqualTo("meower.publish");
      bot.say("{\"ref\":\"a\",\"body\":\"hello\"}");
      bot.say("{\"ref\":\"b\",\"body\":\"\"}");
      bot.say("{\"body\":\"without\"}");

      await().atMost(SOON).until(() -> bot.answered() == 3);
      assertThat(bot.answers().get(0).get("ref").stringValue()).isEqualTo("a");
      assertThat(bot.answers().get(0).get("status").intValue()).isEqualTo(201);
      assertThat(bot.answers().get(1).get("ref").stringValue()).isEqualTo("b");
      assertThat(bot.answers().get(1).get("type").stringValue()).isEqualTo("/problems/blank");
      assertThat(bot.answers().get(2).has("ref")).isFalse();
    }
  }

  @Test
  void aRefusalDoesNotEndTheConnection() throws Exception {
    List<List<String>> cases =
        List.of(
            List.of("{'ref':'a','body':'x\\u0000'}", "/problems/forbidden-character", "a"),
            List.of(
                "{'ref':'a','body':'%s'}".formatted("x".repeat(141)), "/problems/too-long", "a"),
            List.of("{'ref':'a'}", "/problems/malformed-request", "a"),
            List.of("{'ref':'a','body':7}", "/problems/malformed-request", "a"),
            List.of("{'ref':7,'body':'x'}", "/problems/malformed-request", ""),
            List.of(
                "{'ref':'%s','body':'x'}".formatted("r".repeat(65)),
                "/problems/malformed-request",
                ""),
            List.of("{'ref':'\\ud800','body':'x'}", "/problems/malformed-request", ""),
            List.of("{'ref':'\\ud800'}", "/problems/malformed-request", ""),
            List.of("{'ref':'a','body':'x','key':'ä'}", "/problems/invalid-parameter", "a"),
            List.of("{'ref':'a','body':'x','key':''}", "/problems/invalid-parameter", "a"),
            List.of("{'ref':'a','body':'x','key':7}", "/problems/malformed-request", "a"),
            List.of("[]", "/problems/malformed-request", ""),
            List.of("{", "/problems/malformed-request", ""),
            List.of("", "/problems/malformed-request", ""),
            List.of("hello", "/problems/malformed-request", ""));
    try (ProgramSocket bot = connect(FrameFormat.SUBPROTOCOL)) {
      for (List<String> refused : cases) {
        bot.say(refused.get(0).replace('\'', '"'));
      }
      bot.say("{\"body\":\"and on\"}");

      await().atMost(SOON).until(() -> bot.answered() == cases.size() + 1);
      for (int i = 0; i < cases.size(); i++) {
        JsonNode refusal = bot.answers().get(i);
        assertThat(refusal.get("status").intValue()).isEqualTo(400);
        assertThat(refusal.get("type").stringValue())
            .as("case %d", i)
            .isEqualTo(cases.get(i).get(1));
        assertThat(refusal.get("detail").stringValue()).isNotBlank();
        assertThat(refusal.path("ref").asString(""))
            .as("case %d", i)
            .isEqualTo(cases.get(i).get(2));
      }
      assertThat(bot.answers().getLast().get("status").intValue()).isEqualTo(201);
    }
  }

  @Test
  void aRepeatedKeyMakesNoSecondMeow() throws Exception {
    try (ProgramSocket bot = connect(FrameFormat.SUBPROTOCOL)) {
      bot.say("{\"body\":\"once\",\"key\":\"key-1\"}");
      bot.say("{\"body\":\"once\",\"key\":\"key-1\"}");
      bot.say("{\"body\":\"other than once\",\"key\":\"key-1\"}");

      await().atMost(SOON).until(() -> bot.answered() == 3);
      List<JsonNode> answers = bot.answers();
      assertThat(answers.get(1).get("id")).isEqualTo(answers.get(0).get("id"));
      assertThat(answers.get(0).has("replayed")).isFalse();
      assertThat(answers.get(1).get("replayed").booleanValue()).isTrue();
      assertThat(answers.get(2).get("status").intValue()).isEqualTo(422);
      assertThat(answers.get(2).get("type").stringValue())
          .isEqualTo("/problems/idempotency-key-reused");
      await().atMost(SOON).until(() -> said("once").equals(List.of("once")));
      assertThat(said("other than once")).isEmpty();
    }
  }

  @Test
  void keepsTheOrderOfFramesInTheStream() throws Exception {
    List<String> bodies = IntStream.range(0, 2_000).mapToObj(i -> "ordered " + i).toList();
    try (ProgramSocket bot = connect();
        ProgramSocket other = connect()) {
      for (String body : bodies) {
        bot.say(body);
        other.say("other");
      }

      await().atMost(SOON).until(() -> bot.answered() == bodies.size());
      assertThat(bot.answers()).allMatch(answer -> answer.get("status").intValue() == 201);
      await()
          .atMost(SOON)
          .until(() ->
              stream.bodies().stream()
                  .filter(b -> b.startsWith("ordered "))
                  .toList()
                  .equals(bodies));
    }
  }

  @Test
  void stopsReadingWhileAnswersAreNotTaken() throws Exception {
    int frames = 150_000;
    double before = received();
    try (RawProgram bot = new RawProgram(service.port(), pass(Set.of(Scope.POST)));
        ExecutorService sender = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> sent =
          sender.submit(() -> {
            bot.sendBlanks(frames);
            return null;
          });
      await().atMost(SOON).until(this::received, count -> count > before);
      await().atMost(SOON).during(Duration.ofSeconds(1)).until(this::received, this::stays);
      assertThat(received() - before).isBetween(256.0, frames - 1.0);

      bot.takeAnswers(frames);

      assertThat(received() - before).isEqualTo(frames);
      sent.get();
    }
  }

  @Test
  void answers503WhilePostgresIsAwayAndGoesOn() throws Exception {
    try (ProgramSocket bot = connect()) {
      bot.say("before");
      await().atMost(SOON).until(() -> bot.answered() == 1);
      postgres.pause();
      long start = System.nanoTime();
      bot.say("meanwhile");
      await().atMost(SOON).until(() -> bot.answered() == 2);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
      assertThat(bot.answers().getLast().get("status").intValue()).isEqualTo(503);
      assertThat(bot.answers().getLast().get("retry_after").intValue()).isPositive();

      postgres.resume();

      await()
          .atMost(SOON)
          .until(() -> {
            int answered = bot.answered();
            bot.say("after");
            await().atMost(SOON).until(() -> bot.answered() > answered);
            return bot.answers().getLast().get("status").intValue() == 201;
          });
    }
  }

  @Test
  void answersWhatItHasReadBeforeItStops() throws Exception {
    RunningService stopping = start(TestServers.nats());
    try (ProgramSocket bot =
        ProgramSocket.connect(stopping.address("ws", "/publish"), pass(Set.of(Scope.POST)))) {
      for (int i = 0; i < 500; i++) {
        var _ = bot.send("at the end " + i);
      }
      await().atMost(SOON).until(() -> bot.answered() > 0);

      stopping.close();

      assertThat(bot.closeCode(SOON)).isEqualTo(1001);
      int answered = bot.answered();
      assertThat(bot.answers()).allMatch(answer -> answer.get("status").intValue() == 201);
      await()
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(stream.bodies().stream().filter(b -> b.startsWith("at the end ")).count())
                  .isGreaterThanOrEqualTo(answered));
    } finally {
      stopping.close();
    }
  }

  @Test
  void refusesWhoMayNotPost() {
    assertRefused("", 401);
    assertRefused("p1.x.y.z", 401);
    assertRefused(pass(Set.of(Scope.QUEUES, Scope.READ)), 403);
  }

  @Test
  void toConnectAgainGivesNobodyAnotherBurst() throws Exception {
    try (RunningService strict = start(TestServers.nats(), 1, 10)) {
      List<JsonNode> answers = new ArrayList<>();
      for (int round = 0; round < 3; round++) {
        try (ProgramSocket bot =
            ProgramSocket.connect(strict.address("ws", "/publish"), pass(Set.of(Scope.POST)))) {
          for (int i = 0; i < 10; i++) {
            bot.say("too fast");
          }
          await().atMost(SOON).until(() -> bot.answered() == 10);
          answers.addAll(bot.answers());
        }
      }

      List<JsonNode> refused =
          answers.stream().filter(a -> a.get("status").intValue() == 429).toList();
      assertThat(refused).hasSizeGreaterThan(10);
      assertThat(refused.getFirst().get("type").stringValue())
          .isEqualTo("/problems/too-many-requests");
      assertThat(refused.getFirst().get("retry_after").intValue()).isEqualTo(1);
    }
  }

  @Test
  void hasSoManySocketsForAProgram() throws Exception {
    try (ProgramSocket _ = connect();
        ProgramSocket _ = connect();
        ProgramSocket third = connect();
        ProgramSocket fourth = connect()) {
      assertThat(fourth.closeCode(SOON)).isEqualTo(1013);
      assertThat(third.isOpen()).isTrue();
    }
  }

  @Test
  void takesTextOnly() throws Exception {
    try (ProgramSocket bot = connect()) {
      bot.say("hello");
      bot.sendBinary();

      assertThat(bot.closeCode(SOON)).isEqualTo(1008);
      assertThat(bot.answered()).isEqualTo(1);
    }
    try (ProgramSocket bot = connect()) {
      bot.say("x".repeat(16 * 1024));
      var _ = bot.send("x".repeat(16 * 1024 + 1));

      assertThat(bot.closeCode(SOON)).isEqualTo(1009);
    }
  }

  @Test
  void whoIsRemovedMeanwhileIsSentAway() throws Exception {
    try (ProgramSocket nobody =
        ProgramSocket.connect(
            address(), pass(new Pass("nobody", Set.of(Scope.POST), inAMinute())))) {
      assertThat(nobody.closeCode(SOON)).isEqualTo(1008);
    }
  }

  private void assertRefused(String pass, int status) {
    assertThatThrownBy(() -> ProgramSocket.connect(address(), pass))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(status));
  }

  /** Those of the texts that are in the stream, in its order. */
  private List<String> said(String... texts) throws Exception {
    return stream.bodies().stream().filter(List.of(texts)::contains).toList();
  }

  /** The same as at the last look. */
  private boolean stays(double count) {
    boolean stays = count == lastCount && count > 0;
    lastCount = count;
    return stays;
  }

  private double received() throws Exception {
    return metric("meower.publish.received");
  }

  private double metric(String name) throws Exception {
    String metric = service.manage("/actuator/metrics/" + name).body();
    return JsonMapper.shared().readTree(metric).at("/measurements/0/value").doubleValue();
  }

  private ProgramSocket connect(String... subprotocols) throws Exception {
    return ProgramSocket.connect(address(), pass(Set.of(Scope.POST)), subprotocols);
  }

  private String address() {
    return service.address("ws", "/publish");
  }

  private String pass(Set<Scope> scopes) {
    return pass(new Pass(PROGRAM, scopes, inAMinute()));
  }

  private String pass(Pass pass) {
    return service.bean(PassKeys.class).write(pass);
  }

  private static Instant inAMinute() {
    return Instant.now().plusSeconds(60);
  }
}
