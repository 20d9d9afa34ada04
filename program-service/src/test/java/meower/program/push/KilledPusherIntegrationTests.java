package meower.program.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import meower.program.ServiceProcess;
import meower.program.TestProgram;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two instances, each a process, of which the one dies that calls. */
class KilledPusherIntegrationTests {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofSeconds(30);

  private final TestPostgres postgres = TestServers.postgres();
  private final List<ServiceProcess> instances = new ArrayList<>();

  @AfterEach
  void stop() {
    instances.forEach(ServiceProcess::kill);
  }

  @Test
  void takesUpAgainAfterAKill() throws Exception {
    String database = postgres.createDatabase();
    ServiceProcess first = start(database);
    try (TestReceiver receiver = new TestReceiver()) {
      first
          .as("shop")
          .put("jobs", "{\"push\":{\"url\":\"" + receiver.url() + "\",\"timeout\":\"1s\"}}");
      first.as("shop").publish("jobs", "before");
      await().atMost(SOON).until(() -> receiver.calls().size() == 1);
      ServiceProcess second = start(database);
      CountDownLatch hold = receiver.hold();
      IntStream.range(0, 20).forEach(i -> first.as("shop").publish("jobs", "m" + i));
      await().atMost(SOON).until(() -> receiver.inFlight() > 0);
      first.kill();
      hold.countDown();
      await().atMost(SOON).until(() -> left(second) == 0);
      assertThat(receiver.calls().stream().map(TestReceiver.Call::body).distinct())
          .contains("before", "m0", "m19")
          .hasSize(21);
      // The one that was under way has come again, under its own id.
      assertThat(receiver.calls().stream().map(TestReceiver.Call::id).distinct()).hasSize(21);
      assertThat(receiver.calls()).hasSizeGreaterThan(21);
    }
  }

  private ServiceProcess start(String database) throws Exception {
    ServiceProcess instance =
        new ServiceProcess(postgres, database, PushIntegrationTests.settings());
    instances.add(instance);
    instance.start();
    await().atMost(START).until(instance::isReady);
    return instance;
  }

  private static long left(ServiceProcess instance) {
    var queue = TestProgram.json(instance.as("shop").get("/queues/jobs"));
    return queue.get("ready").longValue()
        + queue.get("leased").longValue()
        + queue.get("delayed").longValue();
  }
}
