package meower.query.search;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import meower.query.head.SearchedMeow;
import meower.query.head.TimelineHead;
import meower.query.meow.TimelineMeow;
import meower.query.view.View;
import meower.search.BestMatch;
import meower.search.Marker;
import meower.search.SearchQuery;
import meower.search.SearchedText;
import meower.search.StandingSearch;
import org.springframework.stereotype.Component;

/**
 * Parts of a result that lie among the newest meows, which are in memory.
 *
 * <p>Of a query that finds much they are the same as the index would say: the newest of those that
 * no meow matches better, or of all that match, where the newest come first.
 */
@Component
class NewestFound {

  private final TimelineHead head;
  private final FrequentQueries frequent = new FrequentQueries(System::nanoTime);
  private final Counter answered;

  NewestFound(TimelineHead head, MeterRegistry registry) {
    this.head = head;
    this.answered =
        Counter.builder("meower.search.answered")
            .description("Searches answered out of memory, without Elasticsearch")
            .register(registry);
  }

  /** Hears how many a query finds in the view. */
  void learn(View view, SearchQuery query, SearchTotal total) {
    if (total.isMany()) {
      frequent.add(query, view.position());
    }
  }

  /** Returns the part, or nothing when the index has to be asked. */
  Optional<SearchResult> find(View view, SearchRequest request) {
    int end = request.page().skip() + request.page().take();
    if (!view.index().hasWords()
        || end >= SearchTotal.MOST_COUNTED
        || !frequent.isWorthLooking(request.query(), view.position())) {
      return Optional.empty();
    }
    Optional<List<SearchedMeow>> found =
        wanted(request).flatMap(wanted -> head.find(view.position(), end, wanted));
    if (found.isEmpty() && request.page().skip() == 0) {
      frequent.addScattered(request.query());
    }
    return found.map(meows -> answer(meows.subList(request.page().skip(), end), request.query()));
  }

  private SearchResult answer(List<SearchedMeow> meows, SearchQuery query) {
    answered.increment();
    return new SearchResult(marked(meows, query), SearchTotal.MANY, true);
  }

  private static Optional<Predicate<SearchedText>> wanted(SearchRequest request) {
    return switch (request.order()) {
      case RELEVANCE -> BestMatch.of(request.query()).map(best -> best::is);
      case NEWEST -> matching(request.query());
    };
  }

  private static Optional<Predicate<SearchedText>> matching(SearchQuery query) {
    if (!StandingSearch.isUnlimited(query)) {
      return Optional.empty();
    }
    StandingSearch search = new StandingSearch(query);
    return Optional.of(text -> search.matches(text).isPresent());
  }

  private static List<FoundMeow> marked(List<SearchedMeow> meows, SearchQuery query) {
    Marker marker = new Marker(query);
    return meows.stream().map(meow -> found(meow, marker)).toList();
  }

  private static FoundMeow found(SearchedMeow searched, Marker marker) {
    TimelineMeow meow = searched.meow();
    return new FoundMeow(
        meow.id(),
        meow.body(),
        meow.createdAt(),
        meow.revision(),
        meow.editedAt(),
        marker.mark(searched.text()));
  }
}
