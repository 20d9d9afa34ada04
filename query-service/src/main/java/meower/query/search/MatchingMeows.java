package meower.query.search;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch.core.search.Hit;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import meower.nats.RequestRefusedException;
import meower.query.elasticsearch.SearchEngine;
import meower.query.model.FindRequest;
import meower.query.model.FindResult;
import meower.query.view.View;
import meower.query.view.Views;
import meower.schema.Position;
import meower.search.SearchQuery;
import meower.web.ProblemException;
import org.springframework.stereotype.Component;

/**
 * Finds everything that a search would find, for an operator who has to go through all of it.
 *
 * <p>The parts are walked through along the sequences, newest first, so that nothing that comes or
 * goes meanwhile moves anything from one part to another.
 */
@Component
public class MatchingMeows {

  private static final List<String> FIELDS = List.of("id", "sequence", "body", "created_at");

  /** An operator is not typing any more: no word and no tag is a beginning. */
  private static final String FINISHED = " ";

  private record Source(
      String id, long sequence, String body, @JsonProperty("created_at") String createdAt) {}

  private final Views views;
  private final SearchEngine engine;

  MatchingMeows(Views views, SearchEngine engine) {
    this.views = views;
    this.engine = engine;
  }

  /**
   * Returns the part that is asked for.
   *
   * @throws RequestRefusedException if there is nothing to search for, if the stream was made anew
   *     between two parts, or while the index cannot be read
   */
  public FindResult find(FindRequest request) throws RequestRefusedException {
    SearchQuery query = SearchQuery.parse(request.query().strip() + FINISHED);
    if (request.query().length() > SearchQuery.MAX_LENGTH) {
      throw new RequestRefusedException(
          "A query has at most " + SearchQuery.MAX_LENGTH + " characters.");
    }
    if (query.parts().isEmpty()) {
      throw new RequestRefusedException("The query has no word to search for.");
    }
    if (request.take() < 1 || request.take() > FindRequest.MOST) {
      throw new RequestRefusedException("Take 1 to " + FindRequest.MOST + " meows.");
    }
    try {
      View view = views.current();
      Position end = end(request, view);
      return result(hits(view, query, request, end), request, end);
    } catch (ProblemException e) {
      throw new RequestRefusedException(
          "The index cannot be read right now. Try again in a few seconds.");
    }
  }

  private static Position end(FindRequest request, View view) throws RequestRefusedException {
    if (request.view() == null) {
      return view.position();
    }
    Position end =
        Position.parse(request.view())
            .orElseThrow(() -> new RequestRefusedException("The view is malformed."));
    if (!end.epoch().equals(view.position().epoch())) {
      throw new RequestRefusedException("The stream was made anew meanwhile. Begin again.");
    }
    return end;
  }

  private List<Hit<Source>> hits(View view, SearchQuery query, FindRequest request, Position end) {
    View upToEnd = new View(view.index(), end);
    return engine
        .ask(client ->
            client.search(
                s -> {
                  s.index(view.index().toString())
                      .allowPartialSearchResults(false)
                      .query(MeowSearch.matching(upToEnd, query))
                      .sort(o -> o.field(f -> f.field("sequence").order(SortOrder.Desc)))
                      .size(request.take())
                      .trackTotalHits(t -> t.enabled(false))
                      .source(f -> f.filter(i -> i.includes(FIELDS)));
                  return request.after() == 0 ? s : s.searchAfter(FieldValue.of(request.after()));
                },
                Source.class))
        .hits()
        .hits();
  }

  private static FindResult result(List<Hit<Source>> hits, FindRequest request, Position end) {
    List<Source> found = hits.stream().map(hit -> Objects.requireNonNull(hit.source())).toList();
    return new FindResult(
        found.stream().map(s -> new FindResult.Match(s.id(), s.createdAt(), s.body())).toList(),
        end.toString(),
        found.size() < request.take() ? 0 : found.getLast().sequence());
  }
}
