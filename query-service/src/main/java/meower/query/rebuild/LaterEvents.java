package meower.query.rebuild;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import meower.schema.MeowStream;

/**
 * Reads the messages of one subject of the stream of events, in their order, up to a sequence.
 *
 * <p>Some may be erased meanwhile: what is not there any more is not missed.
 */
final class LaterEvents implements AutoCloseable {

  private static final int BATCH = 1_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration ABANDONED = Duration.ofSeconds(30);

  private final JetStreamManagement management;
  private final JetStreamSubscription subscription;
  private final String consumer;
  private final long last;
  private long pending;
  private long delivered;

  private LaterEvents(
      JetStreamManagement management,
      JetStreamSubscription subscription,
      ConsumerInfo consumer,
      long last) {
    this.management = management;
    this.subscription = subscription;
    this.consumer = consumer.getName();
    this.last = last;
    this.pending = consumer.getNumPending();
  }

  /**
   * Begins to read.
   *
   * @param first the first sequence to read
   * @param last the last one
   */
  static LaterEvents of(Connection connection, String subject, long first, long last)
      throws IOException, JetStreamApiException {
    JetStreamManagement management =
        connection.jetStreamManagement(JetStreamOptions.builder().requestTimeout(TIMEOUT).build());
    ConsumerInfo consumer =
        management.addOrUpdateConsumer(
            MeowStream.NAME,
            ConsumerConfiguration.builder()
                .filterSubject(subject)
                .deliverPolicy(DeliverPolicy.ByStartSequence)
                .startSequence(first)
                .ackPolicy(AckPolicy.None)
                .inactiveThreshold(ABANDONED)
                .memStorage(true)
                .numReplicas(1)
                .build());
    PullSubscribeOptions options = PullSubscribeOptions.bind(MeowStream.NAME, consumer.getName());
    return new LaterEvents(
        management, connection.jetStream().subscribe(null, options), consumer, last);
  }

  /**
   * Returns the next messages, none at the end.
   *
   * @throws IOException if they do not come
   */
  List<Message> next() throws IOException, JetStreamApiException {
    if (pending == 0) {
      return List.of();
    }
    int count = Math.toIntExact(Math.min(BATCH, pending));
    List<Message> messages = subscription.fetch(count, TIMEOUT);
    for (Message message : messages) {
      // The consumer numbers what it delivers.
      if (message.metaData().consumerSequence() != ++delivered) {
        throw new IOException("not everything came");
      }
    }
    pending = pending(messages, count);
    return messages.stream().filter(m -> m.metaData().streamSequence() <= last).toList();
  }

  /** What was there a moment ago may have been erased: then fewer come than were asked for. */
  private long pending(List<Message> messages, int count)
      throws IOException, JetStreamApiException {
    if (messages.size() < count) {
      ConsumerInfo now = management.getConsumerInfo(MeowStream.NAME, consumer);
      if (now.getNumPending() > 0 || now.getDelivered().getConsumerSequence() != delivered) {
        throw new IOException("not everything came");
      }
      return 0;
    }
    Message end = messages.getLast();
    return end.metaData().streamSequence() >= last ? 0 : end.metaData().pendingCount();
  }

  @Override
  public void close() throws IOException, JetStreamApiException {
    subscription.unsubscribe();
    management.deleteConsumer(MeowStream.NAME, consumer);
  }
}
