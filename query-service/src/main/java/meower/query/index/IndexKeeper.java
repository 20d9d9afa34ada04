package meower.query.index;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import meower.nats.NatsUnavailableException;
import meower.nats.Streams;
import org.springframework.stereotype.Component;

/**
 * Makes sure that stream, index and consumer are there and belong together, and that readers follow
 * to a new index once it has caught up.
 *
 * <p>What it throws is always temporary: {@link IOException} and {@link NatsUnavailableException}
 * when a server does not answer, {@link ElasticsearchException} and {@link JetStreamApiException}
 * when it refuses.
 */
@Component
class IndexKeeper {

  private static final Duration ANSWER = Duration.ofSeconds(1);

  private final Streams streams;
  private final IndexConsumers consumers;
  private final MeowIndexes indexes;

  IndexKeeper(Streams streams, IndexConsumers consumers, MeowIndexes indexes) {
    this.streams = streams;
    this.consumers = consumers;
    this.indexes = indexes;
  }

  /**
   * Returns the index to write, ready to be written; nothing while the command service has not made
   * the stream.
   *
   * <p>An index that has to be made begins with a consumer that has seen nothing: were it the other
   * way round, a crash in between would leave a hole for ever.
   */
  Optional<IndexName> prepare()
      throws NatsUnavailableException, IOException, JetStreamApiException {
    Optional<IndexName> wanted =
        streams
            .findMeows()
            .map(stream -> Streams.lastPosition(stream).epoch())
            .map(epoch -> new IndexName(MeowIndexes.MAPPING_VERSION, epoch));
    if (wanted.isEmpty()) {
      return wanted;
    }
    IndexName index = wanted.get();
    streams.ensureDeadLetters();
    if (!indexes.exists(index)) {
      consumers.delete(index, ANSWER);
      indexes.create(index);
    }
    indexes.adjustReplicas(index);
    letBeRead(index);
    return wanted;
  }

  /**
   * Looks whether the index is still the one to write.
   *
   * <p>The consumer bears the epoch and vanishes with the stream that it belongs to.
   *
   * @throws IndexingFailedException if it is not
   */
  void check(IndexName index)
      throws NatsUnavailableException, IOException, JetStreamApiException, IndexingFailedException {
    if (!indexes.exists(index) || lag(index).isEmpty()) {
      throw new IndexingFailedException("the index or its consumer has vanished");
    }
    letBeRead(index);
  }

  /** Returns how many messages are not in the index yet; nothing if it has no consumer. */
  Optional<Long> lag(IndexName index)
      throws NatsUnavailableException, IOException, JetStreamApiException {
    return consumers.find(index, ANSWER).map(IndexKeeper::unfinished);
  }

  /** An older version of the service leaves alone what a newer one has made. */
  private void letBeRead(IndexName index)
      throws NatsUnavailableException, IOException, JetStreamApiException {
    Optional<IndexName> read = indexes.findRead();
    if (read.isEmpty()
        || (!read.get().equals(index)
            && read.get().mappingVersion() <= index.mappingVersion()
            && lag(index).filter(lag -> lag == 0).isPresent())) {
      indexes.read(index);
    }
  }

  private static long unfinished(ConsumerInfo consumer) {
    return consumer.getNumPending() + consumer.getNumAckPending();
  }
}
