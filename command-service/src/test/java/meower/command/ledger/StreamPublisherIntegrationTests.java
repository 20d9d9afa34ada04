package meower.command.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import meower.command.StreamReader;
import meower.nats.NatsLink;
import meower.nats.NatsProperties;
import meower.schema.EarlierSequences;
import meower.schema.MeowCreated;
import meower.schema.MeowId;
import meower.schema.Position;
import meower.schema.signing.EventSignatures;
import meower.stream.Streams;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamPublisherIntegrationTests {

  private final TestNats nats = TestServers.nats();
  private final NatsProperties properties =
      new NatsProperties(nats.url(), 1, Duration.ofSeconds(2));
  private final NatsLink link = new NatsLink(properties, "test");
  private final StreamPublisher publisher = new StreamPublisher(link, EventSignatures.NONE);
  private StreamReader stream;

  @BeforeEach
  void connect() throws Exception {
    stream = StreamReader.of(nats);
    stream.deleteStream();
    link.start();
    await().atMost(Duration.ofSeconds(10)).until(link::isConnected);
    new Streams(link, properties).ensureMeows();
  }

  @AfterEach
  void close() {
    link.stop();
    stream.close();
  }

  @Test
  void publishesInOrder() throws Exception {
    assertThat(publisher.publish(messages(1, 200))).isEqualTo(1);
    assertThat(publisher.publish(messages(201, 300))).isEqualTo(201);

    assertThat(stream.bodies()).isEqualTo(bodies(1, 300));
  }

  @Test
  void storesNothingBehindAMessageThatItDoesNotKnow() throws Exception {
    stream.publishForeignMessage();

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> publisher.publish(messages(1, 3)));
    assertThat(stream.bodies()).isEmpty();

    publisher.continueAfter(1);
    publisher.publish(messages(1, 3));
    assertThat(stream.bodies()).isEqualTo(bodies(1, 3));
  }

  @Test
  void isRefusedOnceAnotherRelayHasTakenOver() throws Exception {
    StreamPublisher successor = new StreamPublisher(link, EventSignatures.NONE);
    successor.publish(messages(1, 2));

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> publisher.publish(messages(3, 4)));
    assertThat(stream.bodies()).isEqualTo(bodies(1, 2));
  }

  @Test
  void noticesAMessageThatTheStreamHasAlready() throws Exception {
    publisher.publish(messages(1, 3));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> publisher.publish(messages(1, 1)));
    assertThat(stream.bodies()).isEqualTo(bodies(1, 3));
  }

  private static List<StreamMessage> messages(long first, long last) {
    return LongStream.rangeClosed(first, last)
        .mapToObj(StreamPublisherIntegrationTests::message)
        .toList();
  }

  private static StreamMessage message(long seq) {
    MeowCreated event = new MeowCreated(new MeowId(id(seq)), "meow " + seq, Instant.EPOCH);
    return new StreamMessage(new Position("e1", seq), id(seq), event, EarlierSequences.NONE);
  }

  private static String id(long seq) {
    return "%027d".formatted(seq);
  }

  private static List<String> bodies(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(i -> "meow " + i).toList();
  }
}
