package meower.query.rebuild;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import meower.nats.NatsUnavailableException;
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
  private final Map<String, Long> obsoleteSince = new HashMap<>();
  private final Set<String> retired = new HashSet<>();

  IndexRemoval(
      Mapping mapping, MeowIndexes indexes, IndexConsumers consumers, IndexProperties properties) {
    this.mapping = mapping;
    this.indexes = indexes;
    this.consumers = consumers;
    this.after = properties.deleteAfter();
  }

  /**
   * Deletes what has been obsolete for long enough. An index is first left out of those that are
   * written, and deleted in the next round, when nobody here writes it any more.
   *
   * @param filling the consumers as they were before the catalog was read: the index of each one
   *     was made before it, so that one without an index has lost it
   * @return the indexes that are not to be written any more
   */
  List<MeowIndex> remove(IndexCatalog catalog, MeowIndex target, Set<String> filling)
      throws NatsUnavailableException, IOException, JetStreamApiException {
    List<MeowIndex> obsolete = catalog.obsolete(mapping, target);
    Set<String> orphans = new HashSet<>(filling);
    orphans.removeAll(catalog.all().stream().map(MeowIndex::consumer).collect(Collectors.toSet()));
    forgetOthers(obsolete, orphans);
    List<MeowIndex> gone = new ArrayList<>();
    for (MeowIndex index : obsolete) {
      if (isOverdue(index.uuid())) {
        gone.add(index);
        if (!retired.add(index.uuid())) {
          indexes.delete(index);
        }
      }
    }
    for (String orphan : orphans) {
      if (isOverdue(orphan)) {
        consumers.delete(orphan);
      }
    }
    return gone;
  }

  private void forgetOthers(List<MeowIndex> obsolete, Set<String> orphans) {
    Set<String> known = new HashSet<>(orphans);
    obsolete.forEach(index -> known.add(index.uuid()));
    obsoleteSince.keySet().retainAll(known);
    retired.retainAll(known);
  }

  private boolean isOverdue(String what) {
    long now = System.nanoTime();
    return now - obsoleteSince.computeIfAbsent(what, _ -> now) >= after.toNanos();
  }
}
