package meower.nats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Message;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real NATS server. */
class RequestSenderIntegrationTests {

  private static final String SUBJECT = "test.request";
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration SHORTLY = Duration.ofMillis(100);

  private final TestNats nats = TestServers.nats();
  private final NatsLink link =
      new NatsLink(new NatsProperties(nats.url(), 1, Duration.ofSeconds(2)), "request test");

  @BeforeEach
  void connect() {
    link.start();
    await().atMost(SOON).until(link::isConnected);
  }

  @AfterEach
  void disconnect() {
    link.stop();
  }

  @Test
  void returnsWhatTheListenerAnswers() throws Exception {
    var listener =
        new RequestListener(
            link, "test", Map.of(SUBJECT, request -> ("not " + text(request)).getBytes(UTF_8)));
    listener.start();
    try {
      await().atMost(SOON).until(() -> send("this").isPresent());

      assertThat(send("that").map(Message::getData).map(RequestSenderIntegrationTests::text))
          .contains("not that");
    } finally {
      listener.stop();
    }
  }

  @Test
  void returnsNothingAtOnceWhenNobodyListens() throws Exception {
    // Would wait for longer than any test may take if it took no notice.
    assertThat(RequestSender.send(link.connection(), SUBJECT, new byte[0], Duration.ofHours(1)))
        .isEmpty();
  }

  @Test
  void returnsNothingWhenWhoListensDoesNotAnswer() throws Exception {
    link.connection().createDispatcher(_ -> {}).subscribe(SUBJECT);

    assertThat(RequestSender.send(link.connection(), SUBJECT, new byte[0], SHORTLY)).isEmpty();
  }

  private Optional<Message> send(String request) throws Exception {
    return RequestSender.send(link.connection(), SUBJECT, request.getBytes(UTF_8), SOON);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
