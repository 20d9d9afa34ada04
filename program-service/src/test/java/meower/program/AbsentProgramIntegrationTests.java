package meower.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import meower.nats.RequestListener;
import meower.program.presence.Fixture;
import meower.schema.SightingStream;
import meower.schema.program.ProgramList;
import meower.schema.program.ProgramRequests;
import meower.standalone.demo.StatusApi;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A program was removed, and its queues are still there. */
class AbsentProgramIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int ROUNDS = 3;

  private final AtomicInteger asked = new AtomicInteger();
  private volatile List<String> present = List.of("shop", "billing");
  private volatile boolean isRefused;
  private Connection nats;
  private RunningService service;
  private JdbcClient jdbc;

  @BeforeEach
  void start() throws Exception {
    nats = Nats.connect(TestServers.nats().url());
    nats.createDispatcher(this::answer).subscribe(ProgramRequests.LIST);
    TestPostgres postgres = TestServers.postgres();
    service =
        RunningService.start(
            postgres,
            postgres.createDatabase(),
            TestServers.nats().url(),
            "--meower.queues.programs-every=50ms",
            "--meower.outbound.allowed-networks=127.0.0.0/8");
    jdbc = service.bean(JdbcClient.class);
    service.as("shop").put("orders", "{}");
    service.as("shop").publish("orders", "hello");
    service.as("billing").put("bills", "{}");
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
    nats.close();
  }

  @Test
  void itsQueuesAreKeptForSevenDays() {
    present = List.of("billing");
    await().atMost(SOON).until(() -> absent().equals(List.of("shop")));

    absentSince("6 days 23 hours");
    awaitRounds();
    assertThat(queues()).containsExactly("bills", "orders");

    absentSince("7 days 1 minute");
    await().atMost(SOON).until(() -> queues().equals(List.of("bills")));
    await()
        .atMost(SOON)
        .until(() -> jdbc.sql("select count(*) from message").query(Long.class).single() == 0);
  }

  @Test
  void nobodyIsHereAnyMoreAfterSevenDays() throws Exception {
    present = List.of("shop", "billing", "tester");
    TestProgram tester = service.asReporter("tester");
    try (StatusApi status = Fixture.quick()) {
      Fixture.define(tester, status, "");
      Fixture.report(tester, "2");
      await().atMost(SOON).until(() -> Fixture.here(tester, "tester").size() == 1);
      present = List.of("shop", "billing");
      await().atMost(SOON).until(() -> absent().equals(List.of("tester")));
      awaitRounds();
      assertThat(Fixture.here(tester, "tester")).hasSize(1);

      absentSince("7 days 1 minute");
      await().atMost(SOON).until(() -> tester.get("/presence/tester").statusCode() == 404);
      assertThat(jdbc.sql("select count(*) from seen").query(Long.class).single()).isZero();
      await().atMost(SOON).ignoreExceptions().until(() -> !consumers().contains("look-ups-tester"));
      assertThat(queues()).containsExactly("bills", "orders");
    }
  }

  private List<String> consumers() throws Exception {
    return nats.jetStreamManagement().getConsumerNames(SightingStream.NAME);
  }

  @Test
  void aProgramThatComesBackHasThemAgain() {
    present = List.of("billing");
    await().atMost(SOON).until(() -> absent().equals(List.of("shop")));
    present = List.of("billing", "shop");
    await().atMost(SOON).until(() -> absent().isEmpty());

    present = List.of("billing");
    await().atMost(SOON).until(() -> absent().equals(List.of("shop")));
    awaitRounds();
    assertThat(queues()).containsExactly("bills", "orders");
  }

  @Test
  void nobodyIsTakenForAbsentWhenItCannotBeSaid() {
    isRefused = true;
    awaitRounds();

    assertThat(absent()).isEmpty();
    assertThat(queues()).containsExactly("bills", "orders");
  }

  private void answer(Message request) {
    NatsMessage.Builder answer = NatsMessage.builder().subject(request.getReplyTo());
    if (isRefused) {
      answer.headers(new Headers().put(RequestListener.ERROR, "Postgres does not answer."));
    } else {
      answer.data(
          ProgramRequests.encode(new ProgramList(present.stream().map(this::entry).toList())));
    }
    nats.publish(answer.build());
    asked.incrementAndGet();
  }

  private ProgramList.Entry entry(String name) {
    return new ProgramList.Entry(name, Set.of("queues"), 1, Instant.EPOCH, null);
  }

  /** What the last question led to is done when the next but one is asked. */
  private void awaitRounds() {
    int before = asked.get();
    await().atMost(SOON).until(() -> asked.get() >= before + ROUNDS);
  }

  private void absentSince(String age) {
    jdbc.sql("update absent_program set since = now() - :age::interval").param("age", age).update();
  }

  private List<String> absent() {
    return jdbc.sql("select program from absent_program order by program")
        .query(String.class)
        .list();
  }

  private List<String> queues() {
    return jdbc.sql("select name from queue order by name").query(String.class).list();
  }
}
