package meower.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a real NATS server. */
class NatsLinkIntegrationTests {

  private static final String NAME = "link test";
  private static final Duration SOON = Duration.ofSeconds(10);

  private final TestNats nats = TestServers.nats();
  private final NatsLink link =
      new NatsLink(new NatsProperties(nats.url(), 1, Duration.ofSeconds(2)), NAME);

  @AfterEach
  void restore() {
    link.stop();
    nats.start();
  }

  @Test
  void hasOneConnectionAlsoAfterTheServerWasAwayAtTheStart() {
    nats.stop();
    link.start();
    // Some attempts fail.
    await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> !link.isConnected());
    nats.start();
    // A second connection would come soon after the first.
    await().during(Duration.ofSeconds(1)).atMost(SOON).until(link::isConnected);

    link.stop();

    // What is not closed then, nobody knows any more.
    await().atMost(SOON).untilAsserted(() -> assertThat(threadsOfTheClient()).isEmpty());
  }

  @Test
  void connectsAgainAfterTheConnectionWasClosed() throws Exception {
    link.start();
    await().atMost(SOON).until(link::isConnected);

    link.connection().close();

    await().atMost(SOON).until(link::isConnected);
  }

  /** The client names its threads after the connection. */
  private static List<String> threadsOfTheClient() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(thread -> thread.startsWith(NAME))
        .toList();
  }
}
