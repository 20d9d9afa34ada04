package meower.query.index;

import io.nats.client.ConsumerContext;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import meower.nats.NatsLink;
import meower.nats.NatsUnavailableException;
import meower.schema.MeowStream;
import org.springframework.stereotype.Component;

/** The durable consumers, one for each index and shared by all instances, that fill the indexes. */
@Component
public class IndexConsumers {

  private static final int CONSUMER_NOT_FOUND = 10014;
  private static final int STREAM_NOT_FOUND = 10059;

  private final NatsLink link;
  private final IndexProperties properties;

  IndexConsumers(NatsLink link, IndexProperties properties) {
    this.link = link;
    this.properties = properties;
  }

  /**
   * Returns how far the index is filled, or nothing if it has no consumer.
   *
   * @param timeout how long the answer is waited for
   * @throws NatsUnavailableException while there is no connection
   * @throws IOException if the server does not answer
   * @throws JetStreamApiException if the server refuses
   */
  public Optional<ConsumerInfo> find(IndexName index, Duration timeout)
      throws NatsUnavailableException, IOException, JetStreamApiException {
    try {
      return Optional.of(management(timeout).getConsumerInfo(MeowStream.NAME, index.consumer()));
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == CONSUMER_NOT_FOUND || e.getApiErrorCode() == STREAM_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  ConsumerContext ensure(IndexName index)
      throws NatsUnavailableException, IOException, JetStreamApiException {
    return link.connection()
        .getStreamContext(MeowStream.NAME)
        .createOrUpdateConsumer(
            ConsumerConfiguration.builder()
                .durable(index.consumer())
                .deliverPolicy(DeliverPolicy.All)
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(properties.acknowledgeWithin())
                .maxAckPending(properties.maxUnacknowledged())
                .maxDeliver(-1)
                .build());
  }

  /** Forgets how far the index was filled, so that it is filled from the beginning. */
  void delete(IndexName index, Duration timeout)
      throws NatsUnavailableException, IOException, JetStreamApiException {
    if (find(index, timeout).isPresent()) {
      management(timeout).deleteConsumer(MeowStream.NAME, index.consumer());
    }
  }

  private JetStreamManagement management(Duration timeout)
      throws NatsUnavailableException, IOException {
    return link.connection()
        .jetStreamManagement(JetStreamOptions.builder().requestTimeout(timeout).build());
  }
}
