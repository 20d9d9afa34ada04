package meower.command.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import meower.command.RunningService;
import meower.command.RunningService.Posted;
import meower.command.access.ProgramsForTests;
import meower.command.publish.ProgramSocket;
import meower.nats.RequestListener;
import meower.schema.RemovalRequest;
import meower.schema.audit.AuditRequests;
import meower.schema.trail.TrailPage;
import meower.schema.trail.TrailPage.Entry;
import meower.schema.trail.TrailPage.Kind;
import meower.schema.trail.TrailQuery;
import meower.testservers.TestNats;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import meower.web.pass.Pass;
import meower.web.pass.PassKeys;
import meower.web.pass.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From each event something leads to whoever sent it, as the proxy in front says. */
class TrailIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String ADDRESS = "198.51.100.7";

  @TempDir static Path folder;

  private TestPostgres postgres;
  private TestNats nats;
  private String jdbcUrl;
  private RunningService service;
  private Connection operator;

  @BeforeEach
  void startService() throws Exception {
    postgres = TestServers.postgres();
    nats = TestServers.nats();
    jdbcUrl = postgres.createDatabase();
    service = start();
    operator = Nats.connect(nats.url());
  }

  @AfterEach
  void stopService() throws Exception {
    operator.close();
    service.close();
  }

  @Test
  void saysFromWhomEachEventOfAMeowCame() throws Exception {
    Posted meow = post("hello", ADDRESS, "request-1");
    service.edit(
        meow, "hello again", "X-Forwarded-For", "2001:db8:0:1::7", "X-Request-Id", "request-2");
    service.delete(meow);

    assertThat(ofMeow(meow.id()).entries())
        .extracting(Entry::revision, Entry::kind, Entry::client, Entry::requestId, Entry::deleted)
        .containsExactly(
            tuple(1, Kind.CREATED, ADDRESS, "request-1", true),
            tuple(2, Kind.EDITED, "2001:db8:0:1::/64", "request-2", true),
            tuple(3, Kind.DELETED, "127.0.0.1", null, true));
  }

  @Test
  void namesTheOperatorWhoRemovedAMeow() throws Exception {
    Posted meow = post("hello", ADDRESS, "request");
    RemovalRequest removal = new RemovalRequest(List.of(meow.id()), "ann", "");
    operator.request(RemovalRequest.SUBJECT, removal.encode(), SOON);

    assertThat(ofMeow(meow.id()).entries().getLast())
        .extracting(Entry::kind, Entry::client, Entry::operator)
        .containsExactly(Kind.DELETED, null, "ann");
  }

  @Test
  void namesTheProgramThatSpokeOverASocket() throws Exception {
    ProgramsForTests.add(service, "bot");
    Pass pass = new Pass("bot", Set.of(Scope.POST), Clock.systemUTC().instant().plusSeconds(30));
    String header = service.bean(PassKeys.class).write(pass);
    try (ProgramSocket bot = ProgramSocket.connect(service.address("ws", "/publish"), header)) {
      bot.say("hello");
      await().atMost(SOON).until(() -> bot.answers().size() == 1);
      String id = bot.answers().getFirst().get("id").stringValue();

      assertThat(ofMeow(id).entries())
          .extracting(Entry::kind, Entry::client, Entry::program)
          .containsExactly(tuple(Kind.CREATED, "127.0.0.1", "bot"));
    }
  }

  @Test
  void aRepeatedPostLeavesNoSecondTrace() throws Exception {
    service.post("once", "a key that nobody guesses");
    service.post("once", "a key that nobody guesses");
    assertThat(traces()).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "198.51.100.7, 198.51.100.7",
    "2001:db8:0:1::7, 2001:db8:0:1:ffff::1",
    "2001:db8:0:1::7, 2001:db8:0:1::/64",
    "2001:db8:0:1::7, 2001:0DB8:0:1::"
  })
  void listsWhatCameFromAClientTheLatestFirst(String address, String asked) throws Exception {
    Posted first = post("first", address, "request-1");
    Posted other = post("other", "203.0.113.1", "request-2");
    Posted second = post("second", address, "request-3");
    service.delete(first);

    TrailPage page = ask(TrailQuery.ofClient(asked, null));
    assertThat(page.whole()).isTrue();
    assertThat(page.entries())
        .extracting(Entry::meow, Entry::deleted)
        .containsExactly(tuple(second.id(), false), tuple(first.id(), true))
        .doesNotContain(tuple(other.id(), false));
    assertThat(ask(TrailQuery.ofClient(asked, page.entries().getFirst())).entries())
        .extracting(Entry::meow)
        .containsExactly(first.id());
  }

  @Test
  void forgetsWhatIsOlderThanItMayBe() throws Exception {
    Posted old = post("old", ADDRESS, "request-1");
    Posted young = post("young", ADDRESS, "request-2");
    age(old, 31);
    age(young, 29);
    service.close();
    service = start();

    await().atMost(SOON).until(() -> traces() == 1);
    assertThat(ofMeow(old.id()).entries()).isEmpty();
    assertThat(ofMeow(old.id()).known()).isTrue();
    assertThat(ofMeow(young.id()).entries()).hasSize(1);
  }

  @Test
  void keepsNothingWhereItMayNot() throws Exception {
    post("before", ADDRESS, "request-1");
    service.close();
    service = start("--meower.trail.days=0");
    Posted meow = post("hello", ADDRESS, "request-2");
    service.edit(meow, "hello again");
    service.delete(meow);

    await().atMost(SOON).until(() -> traces() == 0);
    assertThat(ofMeow(meow.id()).days()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"meow\":\"x\"}", "{\"meow\":\"x\",\"client\":\"127.0.0.1\"}"})
  void saysWhatIsWrongWithAQuestion(String question) throws Exception {
    Message answer =
        operator.request(TrailQuery.SUBJECT, question.getBytes(StandardCharsets.UTF_8), SOON);
    assertThat(Objects.requireNonNull(answer).getHeaders().getFirst(RequestListener.ERROR))
        .contains("meow");
  }

  private RunningService start(String... settings) throws Exception {
    String[] all = Arrays.copyOf(settings, settings.length + 1);
    all[settings.length] = "--meower.passes.key-file=" + folder.resolve("passes");
    RunningService started = RunningService.start(postgres, jdbcUrl, nats, all);
    await().atMost(SOON).until(() -> started.get("/readyz").statusCode() == 200);
    return started;
  }

  private Posted post(String body, String address, String request) throws Exception {
    return Posted.of(
        service.postJson(
            "{\"body\":\"%s\"}".formatted(body),
            "X-Forwarded-For",
            address,
            "X-Request-Id",
            request));
  }

  private TrailPage ofMeow(String id) throws Exception {
    return ask(TrailQuery.ofMeow(id));
  }

  private TrailPage ask(TrailQuery query) throws Exception {
    Message answer = operator.request(TrailQuery.SUBJECT, AuditRequests.encode(query), SOON);
    return AuditRequests.decode(Objects.requireNonNull(answer).getData(), TrailPage.class);
  }

  private void age(Posted meow, int days) {
    jdbc()
        .sql("update event_trail set at = at - make_interval(days => :days) where meow_id = :id")
        .param("days", days)
        .param("id", meow.id())
        .update();
  }

  private long traces() {
    return jdbc().sql("select count(*) from event_trail").query(Long.class).single();
  }

  private JdbcClient jdbc() {
    return service.bean(JdbcClient.class);
  }
}
