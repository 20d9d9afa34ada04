package meower.query.rebuild;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import meower.query.index.IndexCatalog;
import meower.query.index.IndexName;
import meower.query.index.Mapping;
import meower.query.index.MeowIndex;

/** Which indexes there are to be, given those that there are. */
sealed interface IndexPlan {

  /** A newer version of the service is at work, which an older one leaves alone. */
  record LeaveToNewer() implements IndexPlan {}

  /** There is none yet for the mapping and the epoch. */
  record Create(IndexName name) implements IndexPlan {}

  /**
   * There is one to fill and to read.
   *
   * @param unconsumed those to write that no consumer fills yet
   */
  record Keep(MeowIndex target, List<MeowIndex> unconsumed) implements IndexPlan {}

  /**
   * Decides.
   *
   * @param consumers the names of the consumers that there are
   */
  static IndexPlan of(Mapping mapping, String epoch, IndexCatalog catalog, Set<String> consumers) {
    if (catalog.isReadByNewer(mapping)) {
      return new LeaveToNewer();
    }
    Optional<MeowIndex> target = catalog.target(mapping, epoch);
    if (target.isEmpty()) {
      return new Create(new IndexName(mapping.version(), epoch, 1));
    }
    return new Keep(
        target.get(),
        catalog.writable(mapping, epoch).all().stream()
            .filter(index -> !consumers.contains(index.consumer()))
            .toList());
  }
}
