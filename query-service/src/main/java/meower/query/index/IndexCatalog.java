package meower.query.index;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which indexes there are at one moment.
 *
 * @param read the one that readers read, if there is any
 */
public record IndexCatalog(List<MeowIndex> all, Optional<MeowIndex> read) {

  public static final IndexCatalog EMPTY = new IndexCatalog(List.of(), Optional.empty());

  public boolean isRead(MeowIndex index) {
    return read.filter(index::equals).isPresent();
  }

  /** Returns the newest index of the mapping and the epoch: the one to fill and to read. */
  public Optional<MeowIndex> target(Mapping mapping, String epoch) {
    return of(epoch)
        .filter(index -> index.name().mappingVersion() == mapping.version())
        .max(Comparator.comparingInt(index -> index.name().generation()));
  }

  /** Returns those to write: none of a newer mapping, which this service cannot. */
  public IndexCatalog writable(Mapping mapping, String epoch) {
    return new IndexCatalog(of(epoch).filter(isMadeUpTo(mapping)).toList(), read);
  }

  /** Returns those that nobody needs any more, none of a newer mapping among them. */
  public List<MeowIndex> obsolete(Mapping mapping, MeowIndex target) {
    return all.stream()
        .filter(isMadeUpTo(mapping))
        .filter(index -> !index.equals(target) && !isRead(index))
        .toList();
  }

  /** Tells whether a newer version of the service is at work, which an older one leaves alone. */
  public boolean isReadByNewer(Mapping mapping) {
    return read.filter(isMadeUpTo(mapping).negate()).isPresent();
  }

  private Stream<MeowIndex> of(String epoch) {
    return all.stream().filter(index -> index.epoch().equals(epoch));
  }

  private static Predicate<MeowIndex> isMadeUpTo(Mapping mapping) {
    return index -> index.name().mappingVersion() <= mapping.version();
  }
}
