package meower.stream;

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
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import meower.schema.MeowStream;

/**
 * Reads a stream once, from somewhere to its end as it is when the reading begins. It passes over
 * what was erased, be it this very moment.
 *
 * <p>For work on a stream as a whole. Whoever follows it has a consumer that lasts.
 */
public final class StreamScan implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(5);

  private final String stream;
  private final JetStreamManagement management;
  private final JetStreamSubscription subscription;
  private final String consumer;
  private final long end;
  private long remaining;
  private long taken;

  private StreamScan(
      JetStreamManagement management,
      JetStreamSubscription subscription,
      ConsumerInfo consumer,
      long end) {
    this.stream = consumer.getStreamName();
    this.management = management;
    this.subscription = subscription;
    this.consumer = consumer.getName();
    this.end = end;
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
    return begin(
        stream,
        connection,
        ConsumerConfiguration.builder()
            .deliverPolicy(DeliverPolicy.ByStartSequence)
            .startSequence(first));
  }

  /** Begins to read the events of one kind that came since a moment; see {@link #from}. */
  public static StreamScan since(Instant moment, String subject, Connection connection)
      throws IOException, JetStreamApiException {
    return begin(
        MeowStream.NAME,
        connection,
        ConsumerConfiguration.builder()
            .deliverPolicy(DeliverPolicy.ByStartTime)
            .startTime(moment.atZone(ZoneOffset.UTC))
            .filterSubject(subject));
  }

  private static StreamScan begin(
      String stream, Connection connection, ConsumerConfiguration.Builder start)
      throws IOException, JetStreamApiException {
    JetStreamManagement management =
        connection.jetStreamManagement(JetStreamOptions.builder().requestTimeout(TIMEOUT).build());
    // The consumer first: what it counts comes up to this end, or has been there before it.
    ConsumerInfo consumer =
        management.addOrUpdateConsumer(
            stream,
            start
                .ackPolicy(AckPolicy.None)
                .memStorage(true)
                .inactiveThreshold(FORGOTTEN_AFTER)
                .build());
    long end = management.getStreamInfo(stream).getStreamState().getLastSequence();
    JetStreamSubscription subscription =
        connection
            .jetStream()
            .subscribe(null, PullSubscribeOptions.bind(stream, consumer.getName()));
    return new StreamScan(management, subscription, consumer, end);
  }

  /**
   * Returns the next messages in their order, fewer than the limit only at the end, then none.
   *
   * @throws IOException if they do not come
   */
  public List<Message> next(int limit) throws IOException {
    int count = Math.toIntExact(Math.min(limit, remaining));
    if (count == 0) {
      return List.of();
    }
    List<Message> messages = subscription.fetch(count, TIMEOUT);
    taken += messages.size();
    remaining -= count;
    if (messages.size() < count) {
      requireAllTaken();
      remaining = 0;
    }
    return messages.stream().filter(m -> m.metaData().streamSequence() <= end).toList();
  }

  /**
   * What is missing was erased if the consumer has delivered all there is, and nothing got lost.
   */
  private void requireAllTaken() throws IOException {
    ConsumerInfo now = consumerInfo();
    if (now.getNumPending() > 0 || now.getDelivered().getConsumerSequence() != taken) {
      throw new IOException("the stream gave " + taken + " messages and has more");
    }
  }

  private ConsumerInfo consumerInfo() throws IOException {
    try {
      return management.getConsumerInfo(stream, consumer);
    } catch (JetStreamApiException e) {
      throw new IOException("nobody knows what became of the messages that did not come", e);
    }
  }

  @Override
  public void close() throws IOException, JetStreamApiException {
    subscription.unsubscribe();
    management.deleteConsumer(stream, consumer);
  }
}
