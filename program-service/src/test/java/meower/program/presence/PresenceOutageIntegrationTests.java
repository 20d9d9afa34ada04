package meower.program.presence;

import static meower.program.presence.Fixture.SOON;
import static meower.program.presence.Fixture.define;
import static meower.program.presence.Fixture.here;
import static meower.program.presence.Fixture.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.Nats;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import meower.program.RunningService;
import meower.program.TestProgram;
import meower.schema.SightingStream;
import meower.standalone.demo.StatusApi;
import meower.testservers.TestNats;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** NATS or Postgres is away while objects are reported. */
class PresenceOutageIntegrationTests {

  private static final TestPostgres POSTGRES = TestServers.postgres();
  private static final TestNats NATS = TestServers.nats();
  private static RunningService service;

  private final String name = "o-" + Long.toString(System.nanoTime(), 36);
  private final TestProgram program = service.asReporter(name);
  private StatusApi status;

  @BeforeAll
  static void start() throws Exception {
    service =
        RunningService.start(
            POSTGRES,
            POSTGRES.createDatabase(),
            NATS.url(),
            Fixture.settings("--meower.presence.round-after-outage=4s"));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void open() throws Exception {
    status = Fixture.quick();
  }

  @AfterEach
  void close() {
    status.close();
    TestServers.postgres();
    TestServers.nats();
  }

  @Test
  void answers503InTimeWhileNatsIsAwayAndKeepsWhatItHad() throws Exception {
    define(program, status, "");
    await().atMost(SOON).until(() -> report(program, "").statusCode() == 202);
    CountDownLatch hold = status.hold();
    report(program, "2");
    await().atMost(SOON).until(() -> status.calls("2") == 1);
    NATS.pause();
    refusesInTime();
    NATS.kill();
    refusesInTime();
    NATS.start();
    hold.countDown();
    await().atMost(SOON).until(() -> report(program, "4").statusCode() == 202);
    // What was refused may have been kept nevertheless.
    await().atMost(SOON).until(() -> here(program, name).containsAll(List.of("2", "4")));
  }

  private void refusesInTime() {
    long begin = System.nanoTime();
    HttpResponse<String> refused = report(program, "2,4,6");
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    // Within 0.9 s, and a machine that has other things to do.
    assertThat(took).isLessThan(Duration.ofMillis(1600));
  }

  @Test
  void aSightingIsDoneOnlyWhenItIsOnDisk() throws Exception {
    define(program, status, "");
    Connection nats = Nats.connect(NATS.url());
    try {
      report(program, "2");
      await().atMost(SOON).until(() -> here(program, name).size() == 1);
      POSTGRES.pause();
      report(program, "4");
      await().atMost(SOON).until(() -> status.calls("4") == 1);
      await().during(Duration.ofMillis(700)).atMost(SOON).until(() -> taken(nats) == 1);
      POSTGRES.resume();
      await().atMost(SOON).ignoreExceptions().until(() -> here(program, name).size() == 2);
      await().atMost(SOON).until(() -> taken(nats) == 0);
      assertThat(status.calls("4")).isOne();
    } finally {
      nats.close();
    }
  }

  /** How many sightings are taken, and not done. */
  private long taken(Connection nats) throws Exception {
    return nats.jetStreamManagement()
        .getConsumerInfo(SightingStream.NAME, SightingStream.consumer(name))
        .getNumAckPending();
  }

  @Test
  void nobodyVanishesBecausePostgresWasAway() throws Exception {
    define(program, status, ",\"online_for\":\"2s\",\"max_in_flight\":5");
    // Again and again, as programs do: one look-up that is late must not be the last.
    await()
        .pollInterval(Duration.ofMillis(300))
        .atMost(SOON)
        .until(() -> {
          report(program, "2,4,6,8,10,12,14,16");
          return here(program, name).size() == 8;
        });
    POSTGRES.kill();
    int before = status.totalCalls();
    await()
        .pollInterval(Duration.ofMillis(300))
        .during(Duration.ofSeconds(3))
        .atMost(SOON)
        .until(() -> report(program, "2,4,6,8,10,12,14,16").statusCode() == 202);
    assertThat(status.totalCalls() - before).as("look-ups stop").isLessThanOrEqualTo(5);
    assertThat(program.get("/presence/" + name).statusCode()).isEqualTo(503);
    assertThat(program.get("/presence/" + name + "/2").statusCode()).isEqualTo(503);
    POSTGRES.start();
    await()
        .pollInterval(Duration.ofMillis(300))
        .ignoreExceptions()
        .atMost(SOON)
        .until(() -> {
          report(program, "2,4,6,8,10,12,14,16");
          return status.totalCalls() - before > 30;
        });
    assertThat(here(program, name)).hasSize(8);
    assertThat(
            service
                .bean(JdbcClient.class)
                .sql("select count(*) from presence_change where program = ? and kind = 'l'")
                .param(name)
                .query(Integer.class)
                .single())
        .isZero();
    await().atMost(SOON).until(() -> here(program, name).isEmpty());
  }
}
