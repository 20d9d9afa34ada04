package meower.nats;

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
 * Reads a stream once, from a sequence to its end as it is when the reading begins.
 *
 * <p>For work on a stream as a whole. Whoever follows it has a consumer that lasts.
 */
public final class StreamScan implements AutoCloseable {

  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(5);

  private final String stream;
  private final JetStreamManagement management;
  private final JetStreamSubscription subscription;
  private final String consumer;
  private long remaining;

  private StreamScan(
      JetStreamManagement management, JetStreamSubscription subscription, ConsumerInfo consumer) {
    this.stream = consumer.getStreamName();
    this.management = management;
    this.subscription = subscription;
    this.consumer = consumer.getName();
    this.remaining = consumer.getNumPending();
  }

  /**
   * Begins to read the stream of events.
   *
   * @param first the first sequence to read, 1 or more
   * @throws IOException if the server does not answer
   * @throws JetStreamApiException if the server refuses
   */
  public static StreamScan from(long first, Connection connection)
      throws IOException, JetStreamApiException {
    return of(MeowStream.NAME, first, connection);
  }

  /** Begins to read any stream; see {@link #from}. */
  public static StreamScan of(String stream, long first, Connection connection)
      throws IOException, JetStreamApiException {
    JetStreamManagement management =
        connection.jetStreamManagement(JetStreamOptions.builder().requestTimeout(ANSWER).build());
    ConsumerInfo consumer =
        management.addOrUpdateConsumer(
            stream,
            ConsumerConfiguration.builder()
                .ackPolicy(AckPolicy.None)
                .deliverPolicy(DeliverPolicy.ByStartSequence)
                .startSequence(first)
                .memStorage(true)
                .inactiveThreshold(FORGOTTEN_AFTER)
                .build());
    JetStreamSubscription subscription =
        connection
            .jetStream()
            .subscribe(null, PullSubscribeOptions.bind(stream, consumer.getName()));
    return new StreamScan(management, subscription, consumer);
  }

  /**
   * Returns the next messages in their order, fewer than the limit only at the end, then none.
   *
   * @throws IOException if they do not come, also because the stream lost them meanwhile
   */
  public List<Message> next(int limit) throws IOException {
    int count = Math.toIntExact(Math.min(limit, remaining));
    if (count == 0) {
      return List.of();
    }
    List<Message> messages = subscription.fetch(count, ANSWER);
    if (messages.size() < count) {
      throw new IOException("the stream gave " + messages.size() + " of " + count + " messages");
    }
    remaining -= count;
    return messages;
  }

  @Override
  public void close() throws IOException, JetStreamApiException {
    subscription.unsubscribe();
    management.deleteConsumer(stream, consumer);
  }
}
