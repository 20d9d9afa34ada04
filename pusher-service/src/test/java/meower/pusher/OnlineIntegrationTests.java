package meower.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.Nats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import meower.testservers.EventReader;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many are connected to two instances together. */
class OnlineIntegrationTests {

  /** Every five seconds an instance says its number, and a browser is told; a look is a second. */
  private static final Duration SOON = Duration.ofSeconds(12);

  private static final Duration FORGOTTEN = Duration.ofSeconds(15);

  private TestNats nats;
  private MeowsStream stream;
  private Pusher one;
  private Pusher other;

  @BeforeEach
  void start() throws Exception {
    nats = TestServers.newNats();
    stream = MeowsStream.created(nats.url());
    one = Pusher.start(nats.url());
    other = Pusher.start(nats.url());
    one.awaitFeed();
    other.awaitFeed();
  }

  @AfterEach
  void stop() {
    one.close();
    other.close();
    stream.close();
    nats.stop();
  }

  @Test
  void tellsWhoAsksHowManyAreConnectedToAllInstances() throws Exception {
    try (Browser asking = one.connect("?online=1");
        Browser silent = other.connect("");
        EventReader reader = new EventReader(other.http("/events?online=1"), null)) {
      await().atMost(SOON).until(() -> online(asking).equals(3));
      await().atMost(SOON).until(() -> reader.data("online").contains("{\"online\":3}"));

      assertThat(asking.frames().get(0).kind()).isEqualTo(2);
      assertThat(asking.frames().get(1).kind()).isEqualTo(6);
      assertThat(asking.frames().get(1).json().propertyNames()).containsExactly("kind", "online");
      assertThat(silent.frames()).extracting(Received::kind).containsExactly(2);
      // A reader that comes back goes on where the meows are.
      assertThat(reader.events().getLast().id()).isEqualTo(reader.events().getFirst().id());
      assertThat(one.gauge("meower.browsers.online")).isEqualTo(3);

      other.close();

      // It has said so: its browsers are not waited for until they are forgotten.
      await().atMost(SOON).until(() -> online(asking).equals(1));
    }
  }

  @Test
  void forgetsTheBrowsersOfAnInstanceThatDied() throws Exception {
    Connection connection = Nats.connect(nats.url());
    try (Browser asking = one.connect("?online=1")) {
      connection.publish("presence.browsers", "ghost 5".getBytes(StandardCharsets.UTF_8));
      await().atMost(SOON).until(() -> online(asking).equals(6));
      await().atMost(FORGOTTEN.plus(SOON)).until(() -> online(asking).equals(1));
    } finally {
      connection.close();
    }
  }

  @Test
  void knowsItsOwnWhileNatsIsAway() {
    try (Browser asking = one.connect("?online=1");
        Browser elsewhere = other.connect("")) {
      await().atMost(SOON).until(() -> online(asking).equals(2));
      nats.stop();
      await().atMost(FORGOTTEN.plus(SOON)).until(() -> online(asking).equals(1));
      try (Browser further = one.connect("")) {
        await().atMost(SOON).until(() -> online(asking).equals(2));
        assertThat(List.of(elsewhere, further)).allMatch(Browser::isOpen);
      }
    }
  }

  @Test
  void refusesWhatItDoesNotUnderstand() throws Exception {
    assertThat(one.status("/events?online=2")).isEqualTo(400);
    assertThat(one.status("/events?online")).isEqualTo(400);
  }

  /** What a browser was told last; 0 before that. */
  private static Integer online(Browser browser) {
    return browser.frames().stream()
        .filter(frame -> frame.kind() == 6)
        .reduce((_, last) -> last)
        .map(frame -> frame.json().get("online").asInt())
        .orElse(0);
  }
}
