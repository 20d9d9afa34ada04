package meower.query.search;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import meower.schema.Position;
import meower.search.SearchQuery;
import org.jspecify.annotations.Nullable;

/**
 * The queries of which was seen a moment ago that they find more than is counted.
 *
 * <p>What comes meanwhile makes it no fewer. Deletions do: so it is forgotten soon.
 */
final class FrequentQueries {

  private static final Duration REMEMBERED = Duration.ofSeconds(10);
  private static final int MOST = 1_000;
  private static final float LOAD = 0.75f;

  /**
   * What is known of one.
   *
   * @param seen up to here there were so many
   * @param isNewest whether some of them may be among the newest meows of all
   */
  private record Known(Position seen, long nanos, boolean isNewest) {}

  private final LongSupplier nanoTime;
  private final Map<SearchQuery, Known> known =
      new LinkedHashMap<>(MOST, LOAD, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SearchQuery, Known> eldest) {
          return size() > MOST;
        }
      };

  FrequentQueries(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Remembers one. */
  synchronized void add(SearchQuery query, Position seen) {
    if (current(query) == null) {
      known.put(query, new Known(seen, nanoTime.getAsLong(), true));
    }
  }

  /** Remembers of one that its meows are too far apart to fill a page with the newest of all. */
  synchronized void addScattered(SearchQuery query) {
    known.computeIfPresent(query, (_, was) -> new Known(was.seen(), was.nanos(), false));
  }

  /** Tells whether it is worth while to look among the newest meows, up to a position. */
  synchronized boolean isWorthLooking(SearchQuery query, Position end) {
    Known current = current(query);
    return current != null
        && current.isNewest()
        && current.seen().epoch().equals(end.epoch())
        && current.seen().sequence() <= end.sequence();
  }

  private @Nullable Known current(SearchQuery query) {
    Known found = known.get(query);
    return found == null || nanoTime.getAsLong() - found.nanos() > REMEMBERED.toNanos()
        ? null
        : found;
  }
}
