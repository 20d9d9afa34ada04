package meower.query.search;

import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.core.search.HitsMetadata;
import co.elastic.clients.elasticsearch.core.search.TotalHits;
import co.elastic.clients.elasticsearch.core.search.TotalHitsRelation;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import meower.query.elasticsearch.SearchEngine;
import meower.query.head.TimelineHead;
import meower.query.view.View;
import meower.search.Marker;
import meower.search.SearchQuery;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds meows, among the newest in memory, as a moment ago, or in the index. */
@Component
class MeowSearch {

  /** Of a document; to have Elasticsearch leave out the rest costs it more than to send it. */
  private record Source(
      String id,
      String body,
      @JsonProperty("created_at") String createdAt,
      @Nullable Integer revision,
      @JsonProperty("edited_at") @Nullable String editedAt) {}

  private final SearchEngine engine;
  private final NewestFound newest;
  private final KnownAnswers known;
  private final Counter repeated;

  MeowSearch(SearchEngine engine, NewestFound newest, TimelineHead head, MeterRegistry registry) {
    this.engine = engine;
    this.newest = newest;
    this.known = new KnownAnswers(head::untouched, System::nanoTime);
    this.repeated =
        Counter.builder("meower.search.repeated")
            .description("Searches answered like a moment ago, without Elasticsearch")
            .register(registry);
  }

  /**
   * Returns what the view has of it.
   *
   * @throws ProblemException 503 while the index cannot be read
   */
  SearchResult find(View view, SearchRequest request) {
    if (request.query().parts().isEmpty()) {
      return SearchResult.NOTHING;
    }
    return newest
        .find(view, request)
        .or(() -> findAgain(view, request))
        .orElseGet(() -> findInIndex(view, request));
  }

  private Optional<SearchResult> findAgain(View view, SearchRequest request) {
    Optional<SearchResult> found = known.find(view, request);
    found.ifPresent(_ -> repeated.increment());
    return found;
  }

  private SearchResult findInIndex(View view, SearchRequest request) {
    SearchResult result = askIndex(view, request);
    newest.learn(view, request.query(), result.total());
    known.learn(view, request, result);
    return result;
  }

  /** Typing errors are expensive, and only looked for where the rest does not fill the part. */
  private SearchResult askIndex(View view, SearchRequest request) {
    Optional<Query> strict = strict(view, request);
    if (strict.isPresent() && !known.wasNotFull(request)) {
      HitsMetadata<Source> found = ask(view, request, strict.get());
      if (found.hits().size() > request.page().take()) {
        return result(request, found, total(found).andOthers());
      }
    }
    HitsMetadata<Source> found = ask(view, request, matching(view, request.query()));
    return result(request, found, total(found));
  }

  private static Optional<Query> strict(View view, SearchRequest request) {
    return request.order() == SearchRequest.Order.RELEVANCE && view.index().hasWords()
        ? SearchClauses.strict(request.query()).map(clauses -> clauses.matching(view.shown()))
        : Optional.empty();
  }

  private HitsMetadata<Source> ask(View view, SearchRequest request, Query matching) {
    return engine.ask(client -> client.search(query(view, request, matching), Source.class)).hits();
  }

  private static SearchResult result(
      SearchRequest request, HitsMetadata<Source> found, SearchTotal counted) {
    int take = request.page().take();
    boolean more = found.hits().size() > take;
    SearchTotal total = counted.seen(request.page().skip(), found.hits().size(), more);
    Marker marker = new Marker(request.query());
    return new SearchResult(
        found.hits().stream().limit(take).map(hit -> found(hit, marker)).toList(), total, more);
  }

  private static SearchTotal total(HitsMetadata<Source> found) {
    TotalHits total = Objects.requireNonNull(found.total());
    return new SearchTotal(total.value(), total.relation() == TotalHitsRelation.Eq);
  }

  /** Returns what Elasticsearch is asked: for one more, which says whether there are more. */
  static co.elastic.clients.elasticsearch.core.SearchRequest query(
      View view, SearchRequest request, Query matching) {
    return co.elastic.clients.elasticsearch.core.SearchRequest.of(s ->
        s.index(view.index().toString())
            .allowPartialSearchResults(false)
            .query(matching)
            .sort(sort(request.order()))
            .from(request.page().skip())
            .size(request.page().take() + 1)
            .trackTotalHits(t -> t.count(SearchTotal.MOST_COUNTED)));
  }

  /** Returns what finds the meows of the view that match. */
  static Query matching(View view, SearchQuery query) {
    return view.index().hasWords()
        ? new SearchClauses(query).matching(view.shown())
        : FormerClauses.matching(view.shown(), query);
  }

  private static List<SortOptions> sort(SearchRequest.Order order) {
    SortOptions newest =
        SortOptions.of(o -> o.field(f -> f.field("sequence").order(SortOrder.Desc)));
    return switch (order) {
      case RELEVANCE -> List.of(SortOptions.of(o -> o.score(s -> s.order(SortOrder.Desc))), newest);
      case NEWEST -> List.of(newest);
    };
  }

  private static FoundMeow found(Hit<Source> hit, Marker marker) {
    Source meow = Objects.requireNonNull(hit.source());
    return new FoundMeow(
        meow.id(),
        meow.body(),
        meow.createdAt(),
        meow.revision(),
        meow.editedAt(),
        marker.mark(meow.body()));
  }
}
