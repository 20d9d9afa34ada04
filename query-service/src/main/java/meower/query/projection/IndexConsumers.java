package meower.query.projection;

import io.nats.client.ConsumerContext;
import io.nats.client.JetStreamApiException;
import io.nats.client.StreamContext;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import meower.nats.Lookup;
import meower.nats.NatsLink;
import meower.nats.NotFound;
import meower.query.index.IndexProperties;
import meower.query.index.MeowIndex;
import meower.schema.MeowStream;
import meower.stream.ErasedDeliveries;
import meower.stream.Streams;
import org.springframework.stereotype.Component;

/**
 * The durable consumers, one for each index and shared by all instances, that fill the indexes.
 *
 * <p>Every method throws {@link IOException} if the server does not answer or there is no
 * connection, and {@link JetStreamApiException} if it refuses.
 */
@Component
public class IndexConsumers {

  /**
   * An index that nobody reads and that lacks so many events is filled without each write being
   * made visible, and is not read before it lacks fewer: nothing can be on its way into it then
   * that nobody would see.
   */
  public static final long FAR_BEHIND = 20_000;

  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final NatsLink link;
  private final IndexProperties properties;

  IndexConsumers(NatsLink link, IndexProperties properties) {
    this.link = link;
    this.properties = properties;
  }

  /** Returns how far the index is filled, or nothing if it has no consumer. */
  public Optional<ConsumerInfo> find(MeowIndex index) throws IOException, JetStreamApiException {
    return find(index, TIMEOUT);
  }

  /**
   * Returns up to which sequence the index is filled without a hole, or nothing if it has no
   * consumer.
   *
   * @param timeout how long the answer is waited for
   */
  public Optional<Long> ackFloor(MeowIndex index, Duration timeout)
      throws IOException, JetStreamApiException {
    return find(index, timeout).map(consumer -> consumer.getAckFloor().getStreamSequence());
  }

  private Optional<ConsumerInfo> find(MeowIndex index, Duration timeout)
      throws IOException, JetStreamApiException {
    return Lookup.find(
        () -> link.management(timeout).getConsumerInfo(MeowStream.NAME, index.consumer()),
        NotFound.CONSUMER,
        NotFound.STREAM);
  }

  /** Returns the consumers that fill an index, or have filled one. */
  public Set<String> names() throws IOException, JetStreamApiException {
    return link.management(TIMEOUT).getConsumerNames(MeowStream.NAME).stream()
        .filter(MeowIndex::isConsumer)
        .collect(Collectors.toSet());
  }

  /**
   * Makes the consumer that fills the index, if there is none.
   *
   * @throws IndexingFailedException if the stream has been made anew: its sequences are others
   */
  public ConsumerContext ensure(MeowIndex index)
      throws IOException, JetStreamApiException, IndexingFailedException {
    StreamContext stream = link.connection().getStreamContext(MeowStream.NAME);
    ConsumerContext consumer = stream.createOrUpdateConsumer(configuration(index));
    // Afterwards: had the stream been made anew in between, the consumer would be of the new one.
    if (!Streams.epoch(stream.getStreamInfo()).equals(index.epoch())) {
      delete(index.consumer());
      throw new IndexingFailedException("the stream has been made anew");
    }
    return consumer;
  }

  /** Returns what keeps erased messages from standing in the way of the others. */
  ErasedDeliveries erasedDeliveries(MeowIndex index) {
    return new ErasedDeliveries(link, MeowStream.NAME, index.consumer());
  }

  private ConsumerConfiguration configuration(MeowIndex index) {
    return ConsumerConfiguration.builder()
        .durable(index.consumer())
        .deliverPolicy(DeliverPolicy.All)
        .ackPolicy(AckPolicy.Explicit)
        .ackWait(properties.acknowledgeWithin())
        .maxAckPending(properties.maxUnacknowledged())
        .maxDeliver(-1)
        .build();
  }

  /** Deletes the consumer; that another instance has just deleted it is as good. */
  public void delete(String name) throws IOException, JetStreamApiException {
    try {
      link.management(TIMEOUT).deleteConsumer(MeowStream.NAME, name);
    } catch (JetStreamApiException e) {
      if (!NotFound.CONSUMER.isReasonOf(e)) {
        throw e;
      }
    }
  }

  /** Returns how many messages are not in the index yet. */
  public static long lag(ConsumerInfo consumer) {
    return consumer.getNumPending() + consumer.getNumAckPending();
  }
}
