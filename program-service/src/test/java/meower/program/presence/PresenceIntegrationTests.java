package meower.program.presence;

import static meower.program.presence.Fixture.POLL;
import static meower.program.presence.Fixture.SOON;
import static meower.program.presence.Fixture.define;
import static meower.program.presence.Fixture.here;
import static meower.program.presence.Fixture.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamInfoOptions;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import meower.program.RunningService;
import meower.program.TestProgram;
import meower.schema.DeadLetterStream;
import meower.schema.SightingStream;
import meower.standalone.demo.StatusApi;
import meower.stream.Streams;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is here. */
class PresenceIntegrationTests {

  private static final int MOST_LETTERS = 3;

  private static RunningService service;
  private static String database;
  private static TestPostgres postgres;
  private static Connection nats;

  private final String name = "p-" + Long.toString(System.nanoTime(), 36);
  private final TestProgram program = service.asReporter(name);
  private StatusApi status;

  @BeforeAll
  static void start() throws Exception {
    postgres = TestServers.postgres();
    database = postgres.createDatabase();
    nats = Nats.connect(TestServers.nats().url());
    service =
        RunningService.start(
            postgres,
            database,
            TestServers.nats().url(),
            Fixture.settings("--meower.presence.dead-letters=" + MOST_LETTERS));
  }

  @AfterAll
  static void stop() throws Exception {
    nats.close();
    service.close();
  }

  @BeforeEach
  void open() throws Exception {
    status = Fixture.quick();
  }

  @AfterEach
  void close() {
    status.close();
  }

  @Test
  void isHereWhenItsStatusSaysSo() {
    define(program, status, "");
    HttpResponse<String> answer = report(program, "1,2,2,\"4\",\"a b/ü\",-6");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"accepted\":6}");
    await().atMost(SOON).until(() -> status.calls("a b/ü") == 1 && here(program, name).size() == 2);
    assertThat(here(program, name)).containsExactly("2", "4");
    HttpResponse<String> one = program.get("/presence/" + name + "/2");
    assertThat(TestProgram.json(one).get("id").stringValue()).isEqualTo("2");
    assertThat(Instant.parse(TestProgram.json(one).get("last_seen").stringValue()))
        .isBetween(Instant.now().minusSeconds(30), Instant.now().plusSeconds(5));
    assertThat(program.get("/presence/" + name + "/1").statusCode()).isEqualTo(404);
    assertThat(status.calls("2")).isOne();
  }

  @Test
  void answersTheSameAgainWithoutSendingIt() {
    define(program, status, "");
    report(program, "2");
    await().atMost(SOON).until(() -> !here(program, name).isEmpty());
    HttpResponse<String> first = program.get("/presence/" + name);
    assertThat(TestProgram.json(first).get("count").intValue()).isOne();
    assertThat(TestProgram.json(first).get("version").longValue()).isPositive();
    assertThat(TestProgram.json(first).get("source").get("state").stringValue()).isEqualTo("ok");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    String path = "/presence/" + name;
    assertThat(program.send("GET", path, null, "If-None-Match", tag).statusCode()).isEqualTo(304);
    report(program, "4");
    await()
        .atMost(SOON)
        .until(() -> program.send("GET", path, null, "If-None-Match", tag).statusCode() == 200);
  }

  /** In a tenth of the time: seen for 3 s, swept every 0.3 s. */
  @Test
  void vanishesBetween30And33SecondsAfterItWasSeen() {
    define(program, status, ",\"online_for\":\"3s\"");
    report(program, "2");
    await().pollInterval(POLL).atMost(SOON).until(() -> !here(program, name).isEmpty());
    Instant seen =
        Instant.parse(
            TestProgram.json(program.get("/presence/" + name + "/2"))
                .get("last_seen")
                .stringValue());
    await().pollInterval(POLL).atMost(SOON).until(() -> here(program, name).isEmpty());
    Instant left =
        jdbc()
            .sql("select changed_at from presence_change where program = ? and kind = 'l'")
            .param(name)
            .query(OffsetDateTime.class)
            .single()
            .toInstant();
    // The sweep's quarter of a second between its looks, and a machine that has other things to do.
    assertThat(Duration.between(seen, left))
        .isBetween(Duration.ofSeconds(3), Duration.ofMillis(3300 + 250 + 2000));
  }

  /** That it is late tells that there was an outage; a tenth of the usual ten seconds here. */
  @Test
  void aSweepThatIsLateWaitsForOneRoundOfLookUps() {
    define(program, status, "");
    report(program, "2");
    await().pollInterval(POLL).atMost(SOON).until(() -> !here(program, name).isEmpty());
    OffsetDateTime outage =
        jdbc()
            .sql(
                """
                with late as (update presence_sweep set due_at = now() - interval '10 seconds')
                update seen set last_seen = now() - interval '1 hour' where program = ?
                returning now()
                """)
            .param(name)
            .query(OffsetDateTime.class)
            .single();
    await().pollInterval(POLL).atMost(SOON).until(() -> here(program, name).isEmpty());
    OffsetDateTime left =
        jdbc()
            .sql("select changed_at from presence_change where program = ? and kind = 'l'")
            .param(name)
            .query(OffsetDateTime.class)
            .single();
    assertThat(Duration.between(outage, left)).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void aSightingDuringALookUpIsLookedUpAgain() {
    define(program, status, "");
    CountDownLatch hold = status.hold();
    report(program, "2");
    await().pollInterval(POLL).atMost(SOON).until(() -> status.calls("2") == 1);
    report(program, "2");
    hold.countDown();
    await().pollInterval(POLL).atMost(SOON).until(() -> status.calls("2") == 2);
    await().atMost(SOON).until(() -> waiting() == 0);
    assertThat(status.calls("2")).isEqualTo(2);
  }

  @Test
  void neverMoreLookUpsThanAllowedInAnInstance() {
    define(program, status, ",\"max_in_flight\":3");
    CountDownLatch hold = status.hold();
    String ids = IntStream.range(0, 30).mapToObj(String::valueOf).collect(Collectors.joining(","));
    report(program, ids);
    await().pollInterval(POLL).atMost(SOON).until(() -> status.inFlight() == 3);
    // Those under way are replaced, and so do not count any more for the stream's server.
    report(program, ids);
    await().during(Duration.ofMillis(1500)).atMost(SOON).until(() -> status.inFlight() == 3);
    hold.countDown();
    await().atMost(SOON).until(() -> here(program, name).size() == 15);
    assertThat(status.mostInFlight()).isEqualTo(3);
    define(program, status, ",\"max_in_flight\":8");
    CountDownLatch again = status.hold();
    await().atMost(SOON).until(() -> waiting() == 0);
    report(program, ids);
    await().pollInterval(POLL).atMost(SOON).until(() -> status.inFlight() == 8);
    again.countDown();
    await().atMost(SOON).until(() -> waiting() == 0);
    assertThat(status.mostInFlight()).isEqualTo(8);
  }

  @Test
  void saysWhenItsStatusApiFailsAndLooksUpAgainLater() {
    define(program, status, "");
    status.fail(500);
    report(program, "2,4,6");
    await().atMost(SOON).until(() -> state().equals("failing"));
    assertThat(program.get("/presence/" + name).body()).contains("answered 500", "since");
    status.fail(0);
    await().atMost(SOON).until(() -> here(program, name).size() == 3);
    await().atMost(SOON).until(() -> state().equals("ok"));
    assertThat(status.calls("2")).isBetween(2, 9);
  }

  @Test
  void isNotHereWhenItsStatusApiDoesNotKnowIt() {
    define(program, status, "");
    status.fail(404);
    report(program, "2");
    await().atMost(SOON).until(() -> status.calls("2") == 1 && waiting() == 0);
    assertThat(here(program, name)).isEmpty();
    assertThat(state()).isEqualTo("ok");
  }

  @Test
  void goesToTheDeadLettersAfterTheHardLimit() throws Exception {
    String subject = SightingStream.subject(name, "Mg");
    failForTheLastTime(subject);
    MessageInfo letter =
        nats.jetStreamManagement()
            .getNextMessage(DeadLetterStream.NAME, 1, "dead-letter." + subject + ".>");
    assertThat(new String(letter.getData(), StandardCharsets.UTF_8)).isEqualTo("2");
    assertThat(letter.getHeaders().getFirst(DeadLetterStream.REASON))
        .contains(name, "answered 503");
    assertThat(letter.getHeaders().getFirst(DeadLetterStream.CONSUMER))
        .isEqualTo(DeadLetterStream.LOOK_UPS);
    assertThat(letter.getHeaders().getFirst(DeadLetterStream.POSITION))
        .matches("sightings-[0-9]+")
        .satisfies(position -> assertThat(letter.getSubject()).endsWith("." + position));
    assertThat(status.calls("2")).isOne();
  }

  /** Nobody could read more of them, and the disk is that of the meows. */
  @Test
  void isLetGoAndCountedWhenThereAreManyDeadLetters() throws Exception {
    service.bean(Streams.class).ensureDeadLetters();
    for (int i = 0; i < MOST_LETTERS; i++) {
      nats.jetStream().publish("dead-letter.of-others." + i, new byte[0]);
    }
    double before = service.metric("meower.lookups.dropped");
    try {
      failForTheLastTime(SightingStream.subject(name, "Mg"));

      await().atMost(SOON).until(() -> service.metric("meower.lookups.dropped") == before + 1);
      assertThat(
              nats.jetStreamManagement()
                  .getStreamInfo(DeadLetterStream.NAME, StreamInfoOptions.allSubjects())
                  .getStreamState()
                  .getSubjectMap())
          .allSatisfy((subject, _) -> assertThat(subject).doesNotContain(name));
    } finally {
      nats.jetStreamManagement().purgeStream(DeadLetterStream.NAME);
    }
  }

  private void failForTheLastTime(String subject) throws Exception {
    service.bean(Streams.class).ensureDeadLetters();
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> nats.jetStreamManagement().getStreamInfo(SightingStream.NAME) != null);
    nats.jetStream().publish(subject, new byte[0]);
    giveBack(9);
    status.fail(503);
    define(program, status, "");
    await().atMost(SOON).until(() -> waiting() == 0);
  }

  /** Has the one message of the program, and does nothing with it, so many times. */
  private void giveBack(int times) throws Exception {
    nats.getStreamContext(SightingStream.NAME)
        .createOrUpdateConsumer(
            ConsumerConfiguration.builder()
                .durable(SightingStream.consumer(name))
                .filterSubject(SightingStream.subject(name, "*"))
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(Duration.ofSeconds(15))
                .build());
    JetStreamSubscription subscription =
        nats.jetStream()
            .subscribe(
                null,
                PullSubscribeOptions.bind(SightingStream.NAME, SightingStream.consumer(name)));
    for (int i = 1; i <= times; i++) {
      List<Message> messages = subscription.fetch(1, Duration.ofSeconds(5));
      assertThat(messages).hasSize(1);
      assertThat(messages.getFirst().metaData().deliveredCount()).isEqualTo(i);
      messages.getFirst().nak();
      nats.flush(Duration.ofSeconds(5));
    }
    subscription.unsubscribe();
  }

  @Test
  void othersSeeItOnlyWhenItIsPublic() {
    define(program, status, "");
    TestProgram other = service.asReporter("other");
    HttpResponse<String> refused = other.get("/presence/" + name);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("/problems/not-allowed");
    assertThat(other.get("/presence/" + name + "/2").statusCode()).isEqualTo(403);
    define(program, status, ",\"public\":true");
    assertThat(other.get("/presence/" + name).statusCode()).isEqualTo(200);
    assertThat(other.get("/presence/" + name).body()).doesNotContain("objects/{id}");
    assertThat(other.get("/presence/unheard-of").statusCode()).isEqualTo(404);
  }

  private String state() {
    return TestProgram.json(program.get("/presence/" + name))
        .get("source")
        .get("state")
        .stringValue();
  }

  /** How many sightings of the program are in the stream. */
  private long waiting() throws Exception {
    var consumer =
        nats.jetStreamManagement()
            .getConsumerInfo(SightingStream.NAME, SightingStream.consumer(name));
    return consumer.getNumPending() + consumer.getNumAckPending();
  }

  private static JdbcClient jdbc() {
    return service.bean(JdbcClient.class);
  }
}
