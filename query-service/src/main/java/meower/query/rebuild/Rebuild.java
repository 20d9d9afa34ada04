package meower.query.rebuild;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.util.Optional;
import meower.nats.RequestRefusedException;
import meower.query.index.IndexCatalog;
import meower.query.index.IndexName;
import meower.query.index.Mapping;
import meower.query.index.MeowIndex;
import meower.query.index.MeowIndexes;
import meower.query.model.IndexStatus;
import meower.query.projection.IndexConsumers;
import meower.stream.Streams;
import org.springframework.stereotype.Component;

/**
 * Begins to fill a new index beside the one that is read, and says how far it is.
 *
 * <p>The new index is all that has to be made: every instance sees it at its next check and fills
 * it, also one that starts later. So nothing is lost when the one that was asked dies.
 */
@Component
class Rebuild {

  private final Mapping mapping;
  private final Streams streams;
  private final MeowIndexes indexes;
  private final IndexConsumers consumers;
  private final IndexSwap swap;
  private final Indexer indexer;

  Rebuild(
      Mapping mapping,
      Streams streams,
      MeowIndexes indexes,
      IndexConsumers consumers,
      IndexSwap swap,
      Indexer indexer) {
    this.mapping = mapping;
    this.streams = streams;
    this.indexes = indexes;
    this.consumers = consumers;
    this.swap = swap;
    this.indexer = indexer;
  }

  /**
   * Begins a rebuild, or joins the one that is under way.
   *
   * @throws RequestRefusedException if there is nothing to rebuild
   */
  IndexStatus begin() throws RequestRefusedException, IOException, JetStreamApiException {
    String epoch = Streams.epoch(stream());
    IndexCatalog catalog = indexes.catalog();
    MeowIndex target = target(catalog, epoch);
    if (catalog.isRead(target) || swap.hasRefused(target)) {
      indexes.create(new IndexName(mapping.version(), epoch, target.name().generation() + 1));
      indexer.wake();
    }
    return status();
  }

  /**
   * Returns how the indexes stand.
   *
   * @throws RequestRefusedException if there is none
   */
  IndexStatus status() throws RequestRefusedException, IOException, JetStreamApiException {
    StreamInfo stream = stream();
    IndexCatalog catalog = indexes.catalog();
    MeowIndex target = target(catalog, Streams.epoch(stream));
    return new IndexStatus(
        state(catalog, target, stream),
        catalog.read().map(MeowIndex::toString).orElse(""),
        target.toString(),
        consumers.find(target).map(c -> c.getAckFloor().getStreamSequence()).orElse(0L),
        stream.getStreamState().getLastSequence());
  }

  private IndexStatus.State state(IndexCatalog catalog, MeowIndex target, StreamInfo stream) {
    if (catalog.isRead(target)) {
      return IndexStatus.State.READ;
    }
    if (Streams.isRefilling(stream)) {
      return IndexStatus.State.WAITING;
    }
    return swap.hasRefused(target) ? IndexStatus.State.REFUSED : IndexStatus.State.FILLING;
  }

  private StreamInfo stream() throws RequestRefusedException, IOException, JetStreamApiException {
    return streams
        .findMeows()
        .orElseThrow(() ->
            new RequestRefusedException(
                "There is no stream of events yet. Start the command-service."));
  }

  private MeowIndex target(IndexCatalog catalog, String epoch) throws RequestRefusedException {
    if (catalog.isReadByNewer(mapping)) {
      throw new RequestRefusedException(
          "A newer version of the query-service has made the index that is read. Try again when"
              + " all instances are of that version.");
    }
    Optional<MeowIndex> target = catalog.target(mapping, epoch);
    return target.orElseThrow(
        () -> new RequestRefusedException("There is no index yet. Try again in a few seconds."));
  }
}
