package meower.program.feed;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import meower.program.queue.FeedDefinition;
import meower.search.SearchQuery;
import meower.search.SearchedText;
import meower.search.StandingSearches;
import meower.search.StandingSearches.Match;
import org.jspecify.annotations.Nullable;

/**
 * The queries of feeds: which of them find a meow, without comparing it with each.
 *
 * <p>One thread keeps and asks it; how many there are may be read by any.
 */
final class FeedSearches {

  private final StandingSearches<Long> searches = new StandingSearches<>();

  /**
   * As they were typed, by the numbers of their queues: taking one apart costs more than a look.
   */
  private Map<Long, String> typed = new HashMap<>();

  /** Has the queries of these feeds from now on, and no others. */
  void keep(List<FeedPlace> places) {
    Map<Long, String> wanted = new HashMap<>();
    for (FeedPlace place : places) {
      @Nullable String query =
          place.queue().definition().feed() instanceof FeedDefinition.OfMeows meows
              ? meows.query()
              : null;
      if (query != null && !place.isEnded()) {
        wanted.put(place.queue().id(), query);
      }
    }
    if (wanted.equals(typed)) {
      return;
    }
    typed.keySet().stream().filter(queue -> !wanted.containsKey(queue)).forEach(searches::remove);
    wanted.forEach((queue, query) -> {
      if (!query.equals(typed.get(queue))) {
        searches.add(queue, SearchQuery.parse(query));
      }
    });
    typed = wanted;
  }

  /** Returns the numbers of the queues whose queries find the text that an event brings. */
  Set<Long> finding(FeedEvent event) {
    return typed.isEmpty()
        ? Set.of()
        : event.body().map(SearchedText::of).stream()
            .flatMap(meow -> searches.matching(meow).stream())
            .map(Match::key)
            .collect(Collectors.toSet());
  }

  /** Returns how many different queries there are. */
  int size() {
    return searches.size();
  }

  long tried() {
    return searches.tried();
  }

  long matched() {
    return searches.matched();
  }
}
