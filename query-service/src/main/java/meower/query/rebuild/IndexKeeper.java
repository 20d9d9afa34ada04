package meower.query.rebuild;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import meower.query.index.IndexCatalog;
import meower.query.index.IndexName;
import meower.query.index.Mapping;
import meower.query.index.MeowIndex;
import meower.query.index.MeowIndexes;
import meower.query.projection.IndexConsumers;
import meower.query.projection.IndexingFailedException;
import meower.stream.Streams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Decides which indexes there are to be: makes the one for the current mapping and epoch, lets
 * readers follow to it, and deletes what nobody needs any more.
 *
 * <p>All instances do the same at their own pace, so every step may have been taken already. It is
 * called by one thread.
 *
 * <p>What it throws is always temporary: {@link IOException} when a server does not answer, {@link
 * ElasticsearchException} and {@link JetStreamApiException} when it refuses.
 */
@Component
class IndexKeeper {

  private static final Logger log = LoggerFactory.getLogger(IndexKeeper.class);

  private final Mapping mapping;
  private final Streams streams;
  private final IndexConsumers consumers;
  private final MeowIndexes indexes;
  private final IndexSwap swap;
  private final IndexRemoval removal;
  private final IndexProgress progress;
  private boolean standingBy;

  IndexKeeper(
      Mapping mapping,
      Streams streams,
      IndexConsumers consumers,
      MeowIndexes indexes,
      IndexSwap swap,
      IndexRemoval removal,
      IndexProgress progress) {
    this.mapping = mapping;
    this.streams = streams;
    this.consumers = consumers;
    this.indexes = indexes;
    this.swap = swap;
    this.removal = removal;
    this.progress = progress;
  }

  /**
   * Returns the indexes to write; nothing while the command service has not made the stream, or
   * while a newer version of this service writes.
   */
  IndexCatalog check() throws IOException, JetStreamApiException, IndexingFailedException {
    Optional<StreamInfo> stream = streams.findMeows();
    if (stream.isEmpty()) {
      return IndexCatalog.EMPTY;
    }
    streams.ensureDeadLetters();
    indexes.restore();
    Set<String> filling = consumers.names();
    IndexCatalog catalog = indexes.catalog();
    String epoch = Streams.epoch(stream.get());
    IndexPlan plan = IndexPlan.of(mapping, epoch, catalog, filling);
    logWho(plan);
    return switch (plan) {
      case IndexPlan.LeaveToNewer _ -> IndexCatalog.EMPTY;
      case IndexPlan.Create(IndexName name) -> {
        indexes.create(name);
        yield check();
      }
      case IndexPlan.Keep(MeowIndex target, List<MeowIndex> unconsumed) -> {
        for (MeowIndex index : unconsumed) {
          consumers.ensure(index);
        }
        yield settled(catalog, target, stream.get(), filling).writable(mapping, epoch);
      }
    };
  }

  /** Returns what is there after readers have followed and what is obsolete has been deleted. */
  private IndexCatalog settled(
      IndexCatalog catalog, MeowIndex target, StreamInfo stream, Set<String> filling)
      throws IOException, JetStreamApiException {
    boolean swapped = swap.follow(target, catalog.read(), stream);
    IndexCatalog now = swapped ? new IndexCatalog(catalog.all(), Optional.of(target)) : catalog;
    progress.now(target, now.read().orElse(target));
    List<MeowIndex> kept = new ArrayList<>(catalog.all());
    kept.removeAll(removal.remove(now, target, filling));
    return new IndexCatalog(kept, now.read());
  }

  private void logWho(IndexPlan plan) {
    boolean newer = plan instanceof IndexPlan.LeaveToNewer;
    if (newer != standingBy) {
      log.info("mapping={} state={}", mapping.version(), newer ? "left-to-newer" : "used");
      standingBy = newer;
    }
  }
}
