package meower.stream;

import static org.awaitility.Awaitility.await;

import io.nats.client.JetStreamManagement;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import meower.nats.NatsLink;
import meower.nats.NatsProperties;
import meower.schema.MeowStream;
import meower.schema.Position;
import meower.testservers.TestServers;

/** A stream of events from which messages are erased, as the relay does after a deletion. */
final class MeowsWithHoles implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(10);

  private final NatsProperties properties =
      new NatsProperties(TestServers.nats().url(), 1, Duration.ofSeconds(2));
  private final NatsLink link = new NatsLink(properties, "holes");
  private final Streams streams = new Streams(link, properties);

  /**
   * Makes the stream.
   *
   * @param count how many messages it has, from sequence 1 on
   */
  MeowsWithHoles(int count) throws Exception {
    link.start();
    await().atMost(SOON).until(link::isConnected);
    if (streams.findMeows().isPresent()) {
      streams.deleteMeows();
    }
    streams.ensureMeows();
    publish(count);
  }

  NatsLink link() {
    return link;
  }

  Streams streams() {
    return streams;
  }

  PastReader past() {
    return new PastReader(link, streams);
  }

  Position last() throws Exception {
    return Streams.lastPosition(streams.findMeows().orElseThrow());
  }

  void publish(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      link.connection().jetStream().publish(MeowStream.CREATED, new byte[100]);
    }
  }

  void erase(long... sequences) throws Exception {
    JetStreamManagement management = link.connection().jetStreamManagement();
    for (long sequence : sequences) {
      management.deleteMessage(MeowStream.NAME, sequence, true);
    }
  }

  void purge() throws Exception {
    link.connection().jetStreamManagement().purgeStream(MeowStream.NAME);
  }

  static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  @Override
  public void close() {
    link.stop();
  }
}
