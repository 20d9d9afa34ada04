package meower.query.rebuild;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import meower.query.index.IndexCatalog;
import meower.query.index.IndexProperties;
import meower.query.index.Mapping;
import meower.query.index.MeowIndex;
import meower.query.index.MeowIndexes;
import meower.query.projection.IndexConsumers;
import org.springframework.stereotype.Component;

/**
 * Deletes indexes and consumers that nobody needs any more, a while after they were needed.
 *
 * <p>The while is for the other instances: each notices by itself that another index is read, and
 * until then it reads the former one, which therefore is there and is written.
 */
@Component
class IndexRemoval {

  private final Mapping mapping;
  private final MeowIndexes indexes;
  private final IndexConsumers consumers;
  private final Duration after;
  private Removal.Known known = Removal.Known.NOTHING;

  IndexRemoval(
      Mapping mapping, MeowIndexes indexes, IndexConsumers consumers, IndexProperties properties) {
    this.mapping = mapping;
    this.indexes = indexes;
    this.consumers = consumers;
    this.after = properties.deleteAfter();
  }

  /**
   * Deletes what has been obsolete for long enough.
   *
   * <p>What a round has decided counts for the next one only when all of it was done: a round that
   * fails does not say either which indexes are not to be written any more.
   *
   * @param filling the consumers as they were before the catalog was read
   * @return the indexes that are not to be written any more
   */
  List<MeowIndex> remove(IndexCatalog catalog, MeowIndex target, Set<String> filling)
      throws IOException, JetStreamApiException {
    Removal removal =
        Removal.of(known, catalog, mapping, target, filling, after, System.nanoTime());
    for (MeowIndex index : removal.indexes()) {
      indexes.delete(index);
    }
    for (String orphan : removal.consumers()) {
      consumers.delete(orphan);
    }
    known = removal.next();
    return removal.unwritten();
  }
}
