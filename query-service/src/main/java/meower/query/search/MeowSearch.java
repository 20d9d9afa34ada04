package meower.query.search;

import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.core.search.TotalHits;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import meower.query.elasticsearch.SearchEngine;
import meower.query.view.View;
import meower.search.Marker;
import meower.search.SearchQuery;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds meows, with one request to the index. */
@Component
class MeowSearch {

  private static final List<String> FIELDS =
      List.of("id", "body", "created_at", "revision", "edited_at");

  private record Source(
      String id,
      String body,
      @JsonProperty("created_at") String createdAt,
      @Nullable Integer revision,
      @JsonProperty("edited_at") @Nullable String editedAt) {}

  private final SearchEngine engine;

  MeowSearch(SearchEngine engine) {
    this.engine = engine;
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
    SearchResponse<Source> response =
        engine.ask(client -> client.search(query(view, request), Source.class));
    Marker marker = new Marker(request.query());
    TotalHits total = Objects.requireNonNull(response.hits().total());
    return new SearchResult(
        response.hits().hits().stream().map(hit -> found(hit, marker)).toList(), total.value());
  }

  /** Returns what Elasticsearch is asked. */
  static co.elastic.clients.elasticsearch.core.SearchRequest query(
      View view, SearchRequest request) {
    return co.elastic.clients.elasticsearch.core.SearchRequest.of(s ->
        s.index(view.index().toString())
            .allowPartialSearchResults(false)
            .query(matching(view, request.query()))
            .sort(sort(request.order()))
            .from(request.page().skip())
            .size(request.page().take())
            .trackTotalHits(t -> t.enabled(true))
            .source(f -> f.filter(i -> i.includes(FIELDS))));
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
