package meower.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.MatchQuery;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SearchClausesTests {

  @Test
  void staysBelowTheNumberOfTermsThatSmallServersRefuse() {
    int words = 50;
    SearchClauses clauses = new SearchClauses(SearchQuery.parse("abc ".repeat(words)));
    MatchQuery fuzzy = clauses.matching(new BoolQuery.Builder()).bool().must().getFirst().match();
    assertThat(Objects.requireNonNull(fuzzy.maxExpansions()) * words).isLessThan(900);
  }

  @Test
  void forgivesAsMuchAsPossibleInShortQueries() {
    SearchClauses clauses = new SearchClauses(SearchQuery.parse("one two"));
    MatchQuery fuzzy = clauses.matching(new BoolQuery.Builder()).bool().must().getFirst().match();
    assertThat(fuzzy.maxExpansions()).isEqualTo(50);
  }

  @Test
  void highlightsNothingInTheTextForTagsAlone() {
    assertThat(new SearchClauses(SearchQuery.parse("#a #b")).highlighting()).isEmpty();
  }
}
