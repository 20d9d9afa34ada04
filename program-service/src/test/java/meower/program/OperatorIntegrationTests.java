package meower.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import java.time.Duration;
import java.util.Arrays;
import meower.nats.RequestListener;
import meower.schema.audit.AuditRequests;
import meower.schema.queue.DeadLetterLine;
import meower.schema.queue.PushStatus;
import meower.schema.queue.QueueName;
import meower.schema.queue.QueueRequests;
import meower.schema.queue.QueueStatus;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What operators ask, over NATS. */
class OperatorIntegrationTests {

  private static RunningService service;
  private static TestProgram program;
  private static Connection nats;

  @BeforeAll
  static void start() throws Exception {
    TestPostgres postgres = TestServers.postgres();
    service = RunningService.start(postgres, postgres.createDatabase(), TestServers.nats().url());
    program = service.as("shop");
    nats = Nats.connect(TestServers.nats().url());
  }

  @AfterAll
  static void stop() throws Exception {
    nats.close();
    service.close();
  }

  @Test
  void listsAndShowsQueues() throws Exception {
    program.put("listed", "{\"lease\":\"90s\"}");
    program.publish("listed", "hello");
    QueueStatus shown = ask(QueueRequests.SHOW, "listed");
    QueueStatus[] all =
        AuditRequests.decode(
            answer(QueueRequests.LIST, new byte[0]).getData(), QueueStatus[].class);
    assertThat(shown.program()).isEqualTo("shop");
    assertThat(shown.ready()).isOne();
    assertThat(shown.lease()).isEqualTo("90s");
    assertThat(Arrays.stream(all).map(QueueStatus::queue)).contains("listed");
  }

  @Test
  void metricsSayHowMuchIsInAllQueues() {
    program.put("counted", "{}");
    program.publish("counted", "taken");
    program.publish("counted", "left");
    program.fetch("counted");
    MeterRegistry metrics = service.bean(MeterRegistry.class);
    await()
        .untilAsserted(() -> {
          assertThat(metrics.get("meower.queues.ready").gauge().value()).isGreaterThanOrEqualTo(1);
          assertThat(metrics.get("meower.queues.leased").gauge().value()).isGreaterThanOrEqualTo(1);
          assertThat(metrics.get("meower.queues.oldest").gauge().value()).isPositive();
          assertThat(metrics.get("meower.queues.dead-tuples").gauge().value()).isNotNaN();
        });
  }

  @Test
  void nobodyGetsAnythingFromAPausedQueueUntilItIsResumed() throws Exception {
    program.put("paused", "{}");
    program.publish("paused", "hello");
    assertThat(ask(QueueRequests.PAUSE, "paused").paused()).isTrue();
    assertThat(program.fetch("paused", "wait=300ms")).isEmpty();
    program.publish("paused", "goes on");
    assertThat(TestProgram.json(program.get("/queues/paused")).get("paused").booleanValue())
        .isTrue();
    assertThat(program.put("paused", "{\"lease\":\"1m\"}").body()).contains("\"paused\":true");
    assertThat(ask(QueueRequests.RESUME, "paused").paused()).isFalse();
    assertThat(program.fetch("paused", "max=5&wait=2s")).hasSize(2);
  }

  @Test
  void showsHowAReceiverIsDoingAndResumesIt() throws Exception {
    program.put("pushed", "{\"push\":{\"url\":\"https://receiver.invalid/hook\"}}");
    JdbcClient jdbc = service.bean(JdbcClient.class);
    int changed =
        jdbc.sql(
                """
                update push set state = 'paused', verified = true, last_error = 'answered 410',
                  revision = revision + 1
                from queue where queue.id = push.queue and name = 'pushed'
                """)
            .update();
    assertThat(changed).isOne();
    PushStatus push = ask(QueueRequests.SHOW, "pushed").push();
    assertThat(push.state()).isEqualTo("paused");
    assertThat(push.url()).isEqualTo("https://receiver.invalid/hook");
    assertThat(push.lastError()).isEqualTo("answered 410");
    assertThat(ask(QueueRequests.RESUME, "pushed").push().state()).isEqualTo("ok");
    program.delete("/queues/pushed");
  }

  @Test
  void putsDeadLettersBack() throws Exception {
    program.put("dead", "{}");
    program.publish("dead", "hello");
    program.settle("reject", "dead", program.fetch("dead").lease() + "?reason=because");
    byte[] name = AuditRequests.encode(new QueueName("shop", "dead"));
    DeadLetterLine[] letters =
        AuditRequests.decode(
            answer(QueueRequests.DEAD_LETTERS, name).getData(), DeadLetterLine[].class);
    assertThat(letters).hasSize(1);
    assertThat(letters[0].lastError()).isEqualTo("because");
    QueueStatus status = ask(QueueRequests.REQUEUE, "dead");
    assertThat(status.requeued()).isOne();
    assertThat(status.dead()).isZero();
    assertThat(program.fetch("dead").delivery()).isOne();
  }

  @Test
  void saysThatThereIsNoSuchQueue() throws Exception {
    program.put("theirs", "{}");
    for (QueueName name :
        new QueueName[] {new QueueName(null, "none"), new QueueName("other", "theirs")}) {
      Message refused = answer(QueueRequests.SHOW, AuditRequests.encode(name));
      assertThat(refused.getHeaders().getFirst(RequestListener.ERROR))
          .contains("There is no queue " + name.queue(), "./meower queues list");
    }
  }

  private static QueueStatus ask(String subject, String queue) throws Exception {
    Message answer = answer(subject, AuditRequests.encode(new QueueName(null, queue)));
    return AuditRequests.decode(answer.getData(), QueueStatus.class);
  }

  private static Message answer(String subject, byte[] request) throws Exception {
    Message answer = nats.request(subject, request, Duration.ofSeconds(10));
    assertThat(answer).isNotNull();
    return answer;
  }
}
