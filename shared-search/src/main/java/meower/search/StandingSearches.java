package meower.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import meower.text.TextRange;
import org.jspecify.annotations.Nullable;

/**
 * Many standing searches, of which a meow is only compared with those that it may match.
 *
 * <p>Equal queries are one, however many keys have it. Any number of threads may use it at the same
 * time: a meow is compared with each query whose {@link #add} has returned before.
 *
 * @param <K> whose searches they are; each has one query
 */
public final class StandingSearches<K> {

  /**
   * That a meow matches.
   *
   * @param key whose query it is
   * @param matches the parts of the body, see {@link StandingSearch#matches}; the same list for all
   *     that have the same query
   */
  public record Match<K>(K key, List<TextRange> matches) {

    public Match {
      matches = List.copyOf(matches);
    }
  }

  /** One query, and who has it. */
  private record Standing<K>(
      SearchQuery query, StandingSearch search, Collection<Anchor> anchors, Set<K> keys) {

    static <K> Standing<K> of(SearchQuery query) {
      return new Standing<>(
          query, new StandingSearch(query), QueryAnchors.of(query), ConcurrentHashMap.newKeySet());
    }
  }

  private final Map<K, Standing<K>> byKey = new ConcurrentHashMap<>();
  private final Map<SearchQuery, Standing<K>> byQuery = new ConcurrentHashMap<>();

  /** The lists are never changed, but replaced. */
  private final Map<Anchor, List<Standing<K>>> byAnchor = new ConcurrentHashMap<>();

  private final LongAdder tried = new LongAdder();
  private final LongAdder matched = new LongAdder();

  /** Adds a query, in place of the one that the key has, if it has any. */
  public synchronized void add(K key, SearchQuery query) {
    Standing<K> former = byKey.get(key);
    if (former != null && former.query().equals(query)) {
      return;
    }
    Standing<K> standing = byQuery.computeIfAbsent(query, Standing::of);
    boolean isNew = standing.keys().isEmpty();
    standing.keys().add(key);
    byKey.put(key, standing);
    if (isNew) {
      standing
          .anchors()
          .forEach(anchor -> byAnchor.merge(anchor, List.of(standing), StandingSearches::joined));
    }
    if (former != null) {
      leave(former, key);
    }
  }

  private static <T> List<T> joined(List<T> one, List<T> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  /** Takes the query of a key away, if it has one. */
  public synchronized void remove(K key) {
    Standing<K> standing = byKey.remove(key);
    if (standing != null) {
      leave(standing, key);
    }
  }

  private void leave(Standing<K> standing, K key) {
    standing.keys().remove(key);
    if (standing.keys().isEmpty()) {
      byQuery.remove(standing.query());
      standing
          .anchors()
          .forEach(anchor -> byAnchor.computeIfPresent(anchor, (_, all) -> without(all, standing)));
    }
  }

  @SuppressWarnings("ReferenceEquality") // there is one of each query
  private static <T> @Nullable List<T> without(List<T> all, T removed) {
    List<T> rest = all.stream().filter(each -> each != removed).toList();
    return rest.isEmpty() ? null : rest;
  }

  /** Returns the keys whose queries a meow matches, in no order. */
  public List<Match<K>> matching(SearchedText meow) {
    List<Match<K>> matching = new ArrayList<>();
    for (Standing<K> standing : candidates(meow)) {
      tried.increment();
      Optional<List<TextRange>> matches = standing.search().matches(meow);
      if (matches.isPresent()) {
        matched.increment();
        standing.keys().forEach(key -> matching.add(new Match<>(key, matches.get())));
      }
    }
    return matching;
  }

  private Set<Standing<K>> candidates(SearchedText meow) {
    if (byAnchor.isEmpty()) {
      return Set.of();
    }
    Set<Standing<K>> candidates = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Anchor anchor : Anchor.in(meow)) {
      candidates.addAll(byAnchor.getOrDefault(anchor, List.of()));
    }
    return candidates;
  }

  /** Returns how many different queries there are. */
  public int size() {
    return byQuery.size();
  }

  /** Returns how many comparisons of a meow with a query there have been. */
  public long tried() {
    return tried.sum();
  }

  /** Returns how many of them have matched. */
  public long matched() {
    return matched.sum();
  }
}
