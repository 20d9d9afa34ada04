package meower.command.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import meower.nats.NatsLink;
import meower.nats.NatsProperties;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayWakeupIntegrationTests {

  private static final Duration FOR_EVER = Duration.ofMinutes(10);

  private final NatsProperties properties =
      new NatsProperties(TestServers.nats().url(), 1, Duration.ofSeconds(2));
  private final NatsLink leadersLink = new NatsLink(properties, "leader");
  private final NatsLink othersLink = new NatsLink(properties, "other");
  private final RelayWakeup leader = new RelayWakeup(leadersLink);
  private final RelayWakeup other = new RelayWakeup(othersLink);

  @BeforeEach
  void connect() {
    leadersLink.start();
    othersLink.start();
    await().atMost(Duration.ofSeconds(10)).until(leadersLink::isConnected);
    await().atMost(Duration.ofSeconds(10)).until(othersLink::isConnected);
  }

  @AfterEach
  void close() {
    othersLink.stop();
    leadersLink.stop();
  }

  @Test
  void isWokenByAWriteOfItsOwnInstance() throws Exception {
    try (var _ = leader.listen()) {
      leader.wake();

      assertWakes(leader);
    }
  }

  @Test
  void isWokenByAWriteOfAnotherInstance() throws Exception {
    try (var _ = leader.listen()) {
      CompletableFuture<Void> woken = waiting(leader);
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> {
            other.wake();
            return woken.isDone();
          });
    }
  }

  private static void assertWakes(RelayWakeup wakeup) throws Exception {
    assertThat(waiting(wakeup).get(10, TimeUnit.SECONDS)).isNull();
  }

  private static CompletableFuture<Void> waiting(RelayWakeup wakeup) {
    CompletableFuture<Void> woken = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            wakeup.await(FOR_EVER);
            woken.complete(null);
          } catch (InterruptedException e) {
            woken.completeExceptionally(e);
          }
        });
    return woken;
  }
}
