package meower.command.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import meower.command.RunningService;
import meower.command.StreamReader;
import meower.command.access.Authentication.Result.Known;
import meower.command.access.Authentication.Result.Unknown;
import meower.command.access.Authentication.Result.Waiting;
import meower.command.publish.ProgramSocket;
import meower.nats.Broadcast;
import meower.nats.RequestListener;
import meower.schema.program.IssuedSecret;
import meower.schema.program.NewProgram;
import meower.schema.program.NewSecret;
import meower.schema.program.ProgramList;
import meower.schema.program.ProgramRequests;
import meower.signing.KeyFile;
import meower.signing.Signatures;
import meower.signing.Voucher;
import meower.testservers.TestNats;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import meower.web.pass.Pass;
import meower.web.pass.PassKeys;
import meower.web.pass.Scope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ExtendWith(OutputCaptureExtension.class)
class AccessIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  private static final String PASSWORD = "correct horse: battery";

  @TempDir Path folder;

  private TestPostgres postgres;
  private TestNats nats;
  private String jdbcUrl;
  private Connection operator;
  private RunningService service;

  @BeforeEach
  void startService() throws Exception {
    postgres = TestServers.postgres();
    nats = TestServers.nats();
    StreamReader.deleteStream(nats);
    jdbcUrl = postgres.createDatabase();
    service = start();
    operator = Nats.connect(nats.url());
  }

  @AfterEach
  void stopService() throws Exception {
    TestServers.postgres();
    TestServers.nats();
    operator.close();
    service.close();
  }

  @Test
  void knowsAProgramByItsToken() throws Exception {
    String token = add("bot", Set.of("post", "read"), null);

    for (String header : List.of("Bearer " + token, basic("bot", token))) {
      HttpResponse<String> answer = authenticate(header);
      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
      Pass pass = pass(answer);
      assertThat(pass.program()).isEqualTo("bot");
      assertThat(pass.scopes()).containsExactlyInAnyOrder(Scope.POST, Scope.READ);
    }
    assertThat(list().getFirst().lastUsedAt()).isNotNull();
  }

  @Test
  void knowsAProgramByItsPassword() throws Exception {
    add("bot", Set.of("post"), PASSWORD);

    assertThat(authenticate(basic("bot", PASSWORD)).statusCode()).isEqualTo(204);
    assertThat(authenticate(basic("bot", PASSWORD + "!")).statusCode()).isEqualTo(401);
    assertThat(authenticate(basic("other", PASSWORD)).statusCode()).isEqualTo(401);
  }

  @Test
  void knowsAProgramForWhichTheOwnerOfTheKeysVouches() throws Exception {
    add("bot", Set.of("post"), PASSWORD);
    Signatures keys = new Signatures(KeyFile.read(folder.resolve("passes")));
    String voucher = Voucher.of("bot", keys);

    assertThat(pass(authenticate(basic("bot", voucher))).scopes()).containsExactly(Scope.POST);
    for (String header :
        List.of(
            basic("bot", voucher + "x"),
            basic("bot", Voucher.of("other", keys)),
            basic("other", Voucher.of("other", keys)),
            basic("bot", Voucher.of("bot", new Signatures(List.of(KeyFile.random())))),
            "Bearer " + voucher)) {
      assertThat(authenticate(header).statusCode()).as(header).isEqualTo(401);
    }
  }

  @Test
  void givesNoPassWithoutTheScopeThatIsAskedFor() throws Exception {
    String known = "Bearer " + add("bot", Set.of("post"), null);

    assertThat(service.get("/authenticate?scope=post", "Authorization", known).statusCode())
        .isEqualTo(204);
    HttpResponse<String> refused = service.get("/authenticate?scope=read", "Authorization", known);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("/problems/not-allowed", "scope read");
    assertThat(refused.headers().firstValue("Meower-Pass")).isEmpty();
  }

  @Test
  void refusesAWrongSecret() throws Exception {
    String token = add("bot", Set.of("post"), null);
    add("other", Set.of("post"), null);

    assertThat(service.get("/authenticate").statusCode()).isEqualTo(401);
    for (String header :
        List.of(
            "",
            "Bearer",
            "Bearer " + token.substring(0, token.length() - 1),
            "Bearer " + Token.random().value(),
            basic("other", token),
            basic("bot", ""))) {
      HttpResponse<String> refused = authenticate(header);
      assertThat(refused.statusCode()).as(header).isEqualTo(401);
      assertThat(refused.body()).contains("/problems/unauthenticated", "./meower program add");
      assertThat(refused.headers().firstValue("Meower-Pass")).isEmpty();
    }
  }

  /** Nobody has found out about the first one before the last has come. */
  @Test
  void whoGuessesAtTheSameTimeHasNoMoreGuesses() throws Exception {
    add("bot", Set.of("post"), PASSWORD);
    List<Future<Integer>> guesses = new ArrayList<>();
    try (ExecutorService guessing = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 60; i++) {
        String header = basic("bot", "guess " + i);
        guesses.add(guessing.submit(() -> authenticate(header).statusCode()));
      }
    }

    List<Integer> statuses = new ArrayList<>();
    for (Future<Integer> guess : guesses) {
      statuses.add(guess.get());
    }
    assertThat(statuses).containsOnly(401, 429);
    assertThat(statuses).filteredOn(status -> status == 401).hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void whoGuessesHasToWait() throws Exception {
    String token = add("bot", Set.of("post"), null);
    for (int i = 0; i < FailedAttempts.MOST; i++) {
      assertThat(authenticate("Bearer " + Token.random().value()).statusCode()).isEqualTo(401);
    }

    HttpResponse<String> waiting = authenticate(basic("bot", token));

    assertThat(waiting.statusCode()).isEqualTo(429);
    assertThat(waiting.headers().firstValue("Retry-After")).contains("60");
  }

  @Test
  void whatWasFoundToBeGoodLatelyIsNoGuess() {
    String known = "Bearer " + add("bot", Set.of("post"), null);
    AtomicLong nanoseconds = new AtomicLong();
    Authentication authentication = authentication(Duration.ZERO, nanoseconds::get);
    assertThat(authentication.authenticate(known, "a")).isInstanceOf(Known.class);
    for (int i = 0; i < FailedAttempts.MOST; i++) {
      assertThat(authentication.authenticate("Bearer " + Token.random().value(), "a"))
          .isInstanceOf(Unknown.class);
    }

    assertThat(authentication.authenticate(known, "a")).isInstanceOf(Known.class);
    nanoseconds.addAndGet(Authentication.KEPT.toNanos());
    assertThat(authentication.authenticate(known, "a")).isInstanceOf(Waiting.class);
    assertThat(authentication.authenticate(known, "b")).isInstanceOf(Known.class);
  }

  @Test
  void anOldSecretWorksUntilItsEnd() throws Exception {
    String old = add("bot", Set.of("post"), null);
    String next = rotate("bot", 600);

    assertThat(authenticate("Bearer " + old).statusCode()).isEqualTo(204);
    assertThat(authenticate("Bearer " + next).statusCode()).isEqualTo(204);
    assertThat(list().getFirst().secrets()).isEqualTo(2);
    Authentication later = authentication(Duration.ofSeconds(601), Ticker.systemTicker());
    assertThat(later.authenticate("Bearer " + old, "a")).isInstanceOf(Unknown.class);
    assertThat(later.authenticate("Bearer " + next, "a")).isInstanceOf(Known.class);

    String last = rotate("bot", 0);

    assertThat(authenticate("Bearer " + last).statusCode()).isEqualTo(204);
    await().atMost(SOON).until(() -> authenticate("Bearer " + next).statusCode() == 401);
  }

  @Test
  void aRemovedProgramIsCutOffWithinASecond() throws Exception {
    String token = add("bot", Set.of("post"), null);
    String other = add("other", Set.of("post"), null);
    try (RunningService second = start()) {
      String pass = passOf(authenticate("Bearer " + token));
      String pass2 = passOf(authenticate("Bearer " + other));
      assertThat(second.get("/authenticate", "Authorization", "Bearer " + token).statusCode())
          .isEqualTo(204);
      try (ProgramSocket first = ProgramSocket.connect(service.address("ws", "/publish"), pass);
          ProgramSocket elsewhere = ProgramSocket.connect(second.address("ws", "/publish"), pass);
          ProgramSocket stays = ProgramSocket.connect(second.address("ws", "/publish"), pass2)) {
        elsewhere.say("hello");
        await().atMost(SOON).until(() -> elsewhere.answers().size() == 1);
        ask(ProgramRequests.REMOVE, "bot".getBytes(StandardCharsets.UTF_8));

        assertThat(first.closeCode(SOON)).isEqualTo(1008);
        assertThat(elsewhere.closeCode(SOON)).isEqualTo(1008);
        assertThat(second.get("/authenticate", "Authorization", "Bearer " + token).statusCode())
            .isEqualTo(401);
        stays.say("still here");
        await().atMost(SOON).until(() -> stays.answers().size() == 1);
      }
    }
    assertThat(list()).extracting(ProgramList.Entry::name).containsExactly("other");
  }

  @Test
  void whoHasAnotherSecretComesBackAndSaysIt() throws Exception {
    String token = add("bot", Set.of("post"), null);
    String pass = passOf(authenticate("Bearer " + token));
    try (ProgramSocket socket = ProgramSocket.connect(service.address("ws", "/publish"), pass)) {
      socket.say("hello");
      await().atMost(SOON).until(() -> socket.answers().size() == 1);
      rotate("bot", 0);

      assertThat(socket.closeCode(SOON)).isEqualTo(1001);
    }
  }

  @Test
  void saysWhatIsWrongWithARequest() throws Exception {
    add("bot", Set.of("post"), null);

    assertThat(error(program("bot", Set.of("post"), null))).contains("already", "rotate bot");
    assertThat(error(program("Bot", Set.of("post"), null))).contains("a-z");
    assertThat(error(program("", Set.of("post"), null))).contains("a-z");
    assertThat(error(program("b", Set.of(), null))).contains("post, queues, presence, read");
    assertThat(error(program("b", Set.of("root"), null))).contains("post, queues");
    assertThat(error(program("b", Set.of("post"), "short"))).contains("12", "--weak");
    assertThat(error(program("b", Set.of("post"), "with\ncontrol chars"))).contains("control");
    assertThat(error(program("b", Set.of("post"), "x".repeat(201)))).contains("200");
    assertThat(error(ProgramRequests.ROTATE, new NewSecret("none", null, false, 0)))
        .contains("no program none");
    assertThat(error(ProgramRequests.ROTATE, new NewSecret("bot", null, false, -1)))
        .contains("30d");
    assertThat(list()).hasSize(1);
  }

  @Test
  void aShortPasswordIsTakenFromWhoWantsIt() throws Exception {
    ask(
        ProgramRequests.ADD,
        ProgramRequests.encode(new NewProgram("user", Set.of("post"), "pwd", true)));

    assertThat(authenticate("Basic dXNlcjpwd2Q=").statusCode()).isEqualTo(204);
  }

  @Test
  void noPasswordOrTokenInAnyLog(CapturedOutput output) throws Exception {
    String token = add("bot", Set.of("post"), null);
    String next = rotate("bot", 60);
    add("user", Set.of("post"), PASSWORD);
    authenticate("Bearer " + token);
    authenticate(basic("user", PASSWORD));
    authenticate(basic("user", "wrong " + PASSWORD));
    error(program("b", Set.of("root"), PASSWORD));

    assertThat(output)
        .contains("program=bot state=added")
        .doesNotContain(token, next, PASSWORD, basic("user", PASSWORD));
    assertThat(ask(ProgramRequests.LIST, new byte[0]).getData())
        .asString(StandardCharsets.UTF_8)
        .doesNotContain(token, PASSWORD);
  }

  @Test
  void saysSoWhileNobodyCanBeLookedUp() throws Exception {
    String token = add("bot", Set.of("post"), null);
    postgres.pause();

    long start = System.nanoTime();
    HttpResponse<String> answer = authenticate("Bearer " + token);
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(error(ask(ProgramRequests.LIST, new byte[0])))
        .isEqualTo("Postgres does not answer. Start it, or wait until it is back.");
    assertThat(took).isLessThan(Duration.ofSeconds(5));
    postgres.resume();
    await().atMost(SOON).until(() -> authenticate("Bearer " + token).statusCode() == 204);
  }

  private RunningService start() throws Exception {
    RunningService started =
        RunningService.start(
            postgres, jdbcUrl, nats, "--meower.passes.key-file=" + folder.resolve("passes"));
    await().atMost(SOON).until(() -> started.get("/readyz").statusCode() == 200);
    await().atMost(SOON).until(() -> started.bean(Broadcast.class).isListening());
    return started;
  }

  /** Another one with the same programs, so much later. */
  private Authentication authentication(Duration later, Ticker ticker) {
    Clock clock = Clock.offset(service.bean(Clock.class), later);
    return new Authentication(
        new Programs(
            service.bean(JdbcAggregateTemplate.class),
            service.bean(JdbcClient.class),
            service.bean(TransactionTemplate.class),
            clock),
        service.bean(Passwords.class),
        service.bean(PassKeys.class),
        clock,
        ticker);
  }

  private String add(String name, Set<String> scopes, @Nullable String password) {
    return token(ask(ProgramRequests.ADD, program(name, scopes, password)));
  }

  private String rotate(String name, long keepSeconds) {
    return token(
        ask(
            ProgramRequests.ROTATE,
            ProgramRequests.encode(new NewSecret(name, null, false, keepSeconds))));
  }

  private static String token(Message answer) {
    assertThat(answer.getHeaders()).isNull();
    String token = ProgramRequests.decode(answer.getData(), IssuedSecret.class).token();
    return token == null ? "" : token;
  }

  private List<ProgramList.Entry> list() {
    return ProgramRequests.decode(
            ask(ProgramRequests.LIST, new byte[0]).getData(), ProgramList.class)
        .programs();
  }

  private static byte[] program(String name, Set<String> scopes, @Nullable String password) {
    return ProgramRequests.encode(new NewProgram(name, scopes, password, false));
  }

  private String error(byte[] program) {
    return error(ask(ProgramRequests.ADD, program));
  }

  private String error(String subject, Object request) {
    return error(ask(subject, ProgramRequests.encode(request)));
  }

  private static String error(Message answer) {
    return Objects.requireNonNull(answer.getHeaders().getFirst(RequestListener.ERROR));
  }

  private Message ask(String subject, byte[] request) {
    return await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(
            () -> operator.request(subject, request, Duration.ofSeconds(5)),
            answer -> answer != null && !answer.isStatusMessage());
  }

  private HttpResponse<String> authenticate(String header) throws Exception {
    return service.get("/authenticate", "Authorization", header);
  }

  private String passOf(HttpResponse<String> answer) {
    return answer.headers().firstValue(Pass.HEADER).orElseThrow();
  }

  private Pass pass(HttpResponse<String> answer) {
    return service.bean(PassKeys.class).read(passOf(answer)).orElseThrow();
  }

  private static String basic(String name, String secret) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((name + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }
}
