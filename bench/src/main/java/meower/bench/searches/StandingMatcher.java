package meower.bench.searches;

import java.util.List;
import meower.search.SearchQuery;
import meower.search.SearchedText;
import meower.search.StandingSearches;

/** Meower's own: only searches one of whose words is in the text are compared with it. */
final class StandingMatcher implements Matcher {

  private final StandingSearches<String> searches = new StandingSearches<>();

  StandingMatcher(List<String> queries) {
    queries.forEach(query -> searches.add(query, SearchQuery.parse(query)));
  }

  @Override
  public int matching(String body) {
    return searches.matching(SearchedText.of(body)).size();
  }
}
