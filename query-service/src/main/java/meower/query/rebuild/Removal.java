package meower.query.rebuild;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import meower.query.index.IndexCatalog;
import meower.query.index.Mapping;
import meower.query.index.MeowIndex;

/**
 * What one round removes of what nobody needs any more.
 *
 * <p>An index is first left unwritten, and deleted in the next round, when nobody here writes it
 * any more.
 *
 * @param unwritten the indexes that are not to be written any more
 * @param indexes those of them that are to be deleted
 * @param consumers the consumers to be deleted because their index is gone
 * @param next what the next round has to know, if this one succeeds
 */
record Removal(
    List<MeowIndex> unwritten, List<MeowIndex> indexes, List<String> consumers, Known next) {

  /**
   * What is known from one round to the next.
   *
   * @param obsoleteSince of an index by its uuid, of a consumer by its name; a value of {@link
   *     System#nanoTime()}
   * @param unwritten the uuids of the indexes that were left unwritten
   */
  record Known(Map<String, Long> obsoleteSince, Set<String> unwritten) {

    static final Known NOTHING = new Known(Map.of(), Set.of());
  }

  /**
   * Decides what is to be removed.
   *
   * @param consumers as they were before the catalog was read: the index of each one was made
   *     before it, so that one without an index has lost it
   * @param kept how long what is obsolete is kept
   * @param now a value of {@link System#nanoTime()}
   */
  static Removal of(
      Known known,
      IndexCatalog catalog,
      Mapping mapping,
      MeowIndex target,
      Set<String> consumers,
      Duration kept,
      long now) {
    List<MeowIndex> obsolete = catalog.obsolete(mapping, target);
    List<String> orphans = orphans(catalog, consumers);
    Map<String, Long> since = new HashMap<>();
    Stream.concat(obsolete.stream().map(MeowIndex::uuid), orphans.stream())
        .forEach(what -> since.put(what, known.obsoleteSince().getOrDefault(what, now)));
    Predicate<String> isOverdue = what -> now - since.getOrDefault(what, now) >= kept.toNanos();
    List<MeowIndex> unwritten =
        obsolete.stream().filter(index -> isOverdue.test(index.uuid())).toList();
    return new Removal(
        unwritten,
        unwritten.stream().filter(index -> known.unwritten().contains(index.uuid())).toList(),
        orphans.stream().filter(isOverdue).toList(),
        new Known(
            since,
            unwritten.stream().map(MeowIndex::uuid).collect(Collectors.toUnmodifiableSet())));
  }

  private static List<String> orphans(IndexCatalog catalog, Set<String> consumers) {
    Set<String> needed =
        catalog.all().stream().map(MeowIndex::consumer).collect(Collectors.toSet());
    return consumers.stream().filter(consumer -> !needed.contains(consumer)).sorted().toList();
  }
}
