package meower.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import meower.nats.NatsLink;
import meower.nats.NatsProperties;
import meower.schema.MalformedEventException;
import meower.schema.MeowCreated;
import meower.schema.MeowEventJson;
import meower.schema.MeowId;
import meower.schema.MeowStream;
import meower.schema.Position;
import meower.schema.signing.EventSignatures;
import meower.schema.signing.SignedAfter;
import meower.signing.KeyFile;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class SignedStreamIntegrationTests {

  private static final MeowCreated MEOW =
      new MeowCreated(new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqGU"), "meow", Instant.EPOCH);

  private final EventSignatures signatures = new EventSignatures(List.of(KeyFile.random()));
  private final NatsProperties properties =
      new NatsProperties(TestServers.nats().url(), 1, Duration.ofSeconds(2));
  private final NatsLink link = new NatsLink(properties, "signed");
  private final Streams owner = new Streams(link, properties, signatures);
  private final Streams reader = new Streams(link, properties, signatures);
  private final ForgeryHealthIndicator health = new ForgeryHealthIndicator(reader);
  private String epoch = "";

  @BeforeEach
  void makeStream() throws Exception {
    link.start();
    await().atMost(Duration.ofSeconds(10)).until(link::isConnected);
    if (owner.findMeows().isPresent()) {
      owner.deleteMeows();
    }
    epoch = Streams.epoch(owner.ensureMeows());
  }

  @AfterEach
  void stop() {
    link.stop();
  }

  @Test
  void isToldByItsDescriptionWhereSignaturesBegin() throws Exception {
    publishUnsigned();
    announce(1);
    publishUnsigned();

    assertThatCode(() -> read(reader, 1)).doesNotThrowAnyException();
    assertForged(2);

    StreamInfo other = owner.markComplete(Optional.empty());
    assertThat(owner.isComplete(other, Optional.of(after(1)))).isFalse();
    assertForged(2);
    assertThat(Streams.isRefilling(announce(1))).isFalse();
  }

  @Test
  void isDownUntilTheForgedMessageIsErased() throws Exception {
    announce(0);
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    publishUnsigned();
    assertForged(1);

    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.health().getDetails()).containsEntry("first", epoch + "-1");

    link.connection().jetStreamManagement().deleteMessage(MeowStream.NAME, 1);
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void isUpOnceTheStreamIsAnother() throws Exception {
    announce(0);
    publishUnsigned();
    assertForged(1);

    owner.deleteMeows();
    owner.ensureMeows();
    publishUnsigned();

    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void isDownWhereThereIsNoKeyForAStreamThatIsSigned() throws Exception {
    Streams without = new Streams(link, properties);
    ForgeryHealthIndicator blind = new ForgeryHealthIndicator(without);
    without.findMeows();
    assertThat(blind.health().getStatus()).isEqualTo(Status.UP);

    announce(0);
    without.findMeows();

    assertThat(blind.health().getStatus()).isEqualTo(Status.DOWN);
  }

  private void assertForged(long sequence) {
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> read(reader, sequence))
        .withMessageStartingWith("forged");
  }

  private StreamInfo announce(long sequence) throws Exception {
    StreamInfo said = owner.markComplete(Optional.of(after(sequence)));
    assertThat(owner.isComplete(said, Optional.of(after(sequence)))).isTrue();
    return said;
  }

  private SignedAfter after(long sequence) {
    return new SignedAfter(new Position(epoch, sequence));
  }

  private void publishUnsigned() throws Exception {
    link.connection().jetStream().publish(MeowStream.CREATED, MeowEventJson.encode(MEOW));
  }

  private void read(Streams streams, long sequence) throws Exception {
    MessageInfo message =
        link.connection().jetStreamManagement().getMessage(MeowStream.NAME, sequence);
    assertThat(streams.events().decode(message, epoch)).isEqualTo(MEOW);
  }
}
