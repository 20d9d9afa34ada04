package meower.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.api.StreamInfo;
import java.time.Duration;
import java.util.Optional;
import meower.nats.NatsLink;
import meower.nats.NatsProperties;
import meower.schema.MeowStream;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real NATS server. */
class StreamsIntegrationTests {

  private final NatsProperties properties =
      new NatsProperties(TestServers.nats().url(), 1, Duration.ofSeconds(2));
  private final NatsLink link = new NatsLink(properties, "streams test");
  private final Streams streams = new Streams(link, properties);

  @BeforeEach
  void connect() throws Exception {
    link.start();
    await().atMost(Duration.ofSeconds(10)).until(link::isConnected);
    if (streams.findMeows().isPresent()) {
      streams.deleteMeows();
    }
  }

  @AfterEach
  void disconnect() {
    link.stop();
  }

  @Test
  void makesACompleteStreamOnce() throws Exception {
    StreamInfo made = streams.ensureMeows();
    assertThat(Streams.isRefilling(made)).isFalse();
    assertThat(Streams.epoch(streams.ensureMeows())).isEqualTo(Streams.epoch(made));
  }

  @Test
  void saysThatAStreamIsBeingRefilledAndWhenItIsComplete() throws Exception {
    assertThat(Streams.isRefilling(streams.createRefillingMeows())).isTrue();
    assertThat(Streams.isRefilling(streams.findMeows().orElseThrow())).isTrue();
    streams.markComplete(Optional.empty());
    assertThat(Streams.isRefilling(streams.findMeows().orElseThrow())).isFalse();
  }

  @Test
  void keepsEpochAndMessagesOfAStreamThatIsMarked() throws Exception {
    StreamInfo made = streams.ensureMeows();
    link.connection().jetStream().publish(MeowStream.CREATED, new byte[0]);
    StreamInfo marked = streams.markRefilling();
    assertThat(Streams.lastPosition(marked).sequence()).isEqualTo(1);
    assertThat(Streams.epoch(marked)).isEqualTo(Streams.epoch(made));
    assertThat(marked.getConfiguration().getDuplicateWindow())
        .isEqualTo(MeowStream.DUPLICATE_WINDOW);
  }

  @Test
  void beginsANewEpochWithAStreamMadeAnew() throws Exception {
    String first = Streams.epoch(streams.ensureMeows());
    streams.deleteMeows();
    assertThat(Streams.epoch(streams.createRefillingMeows())).isNotEqualTo(first);
  }
}
