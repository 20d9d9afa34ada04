package meower.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.FuzzyQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meower.search.SearchQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchClausesTests {

  @Test
  void staysBelowTheNumberOfTermsThatSmallServersRefuse() {
    String query = words().collect(Collectors.joining(" "));
    List<FuzzyQuery> fuzzy = fuzzy(query);
    assertThat(fuzzy).hasSize(40);
    assertThat(fuzzy.stream().mapToInt(f -> Objects.requireNonNull(f.maxExpansions())).sum())
        .isLessThan(700);
  }

  @Test
  void countsTheWordsBetweenSigns() {
    String query = words().collect(Collectors.joining("-"));
    Query compound =
        new SearchClauses(SearchQuery.parse(query + " "))
            .matching(new BoolQuery.Builder())
            .bool()
            .must()
            .getFirst();
    List<FuzzyQuery> fuzzy =
        compound.disMax().queries().stream()
            .filter(Query::isBool)
            .flatMap(each -> each.bool().must().stream())
            .flatMap(word -> word.disMax().queries().stream())
            .filter(Query::isFuzzy)
            .map(Query::fuzzy)
            .toList();
    assertThat(fuzzy).hasSize(40);
    assertThat(fuzzy.stream().mapToInt(f -> Objects.requireNonNull(f.maxExpansions())).sum())
        .isLessThan(700);
  }

  private static Stream<String> words() {
    return IntStream.range(0, 40)
        .mapToObj(i -> "ab" + (char) ('a' + i / 26) + (char) ('a' + i % 26));
  }

  @Test
  void forgivesAsMuchAsPossibleInShortQueries() {
    assertThat(fuzzy("three four").stream().map(FuzzyQuery::maxExpansions)).containsExactly(50, 50);
  }

  @Test
  void forgivesNothingWhereThatComesLast() {
    assertThat(strict("breakfast")).isPresent();
    assertThat(strict("breakfast #cat \"a phrase\" 東京")).isPresent();
    assertThat(strict("cat 2024")).as("nothing to forgive").isEmpty();
    assertThat(strict("breakfast c++")).as("signs count more than errors").isEmpty();
    assertThat(strict("breakfast red/house")).as("found in several ways").isEmpty();
    assertThat(fuzzy(strict("breakfast early").orElseThrow())).isEmpty();
  }

  private static Optional<SearchClauses> strict(String query) {
    return SearchClauses.strict(SearchQuery.parse(query));
  }

  @Test
  void forgivesByLength() {
    assertThat(fuzzy("four sixxxx sevenxx").stream().map(FuzzyQuery::fuzziness))
        .containsExactly("1", "1", "2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat", "2024", "x2024y", "パリパリ", "한국한국", "v1.2345"})
  void forgivesNothing(String query) {
    assertThat(fuzzy(query)).isEmpty();
  }

  private static List<FuzzyQuery> fuzzy(String query) {
    return fuzzy(new SearchClauses(SearchQuery.parse(query + " ")));
  }

  private static List<FuzzyQuery> fuzzy(SearchClauses clauses) {
    return clauses.matching(new BoolQuery.Builder()).bool().must().stream()
        .flatMap(
            part -> part.isDisMax() ? part.disMax().queries().stream() : List.of(part).stream())
        .filter(clause -> clause.isFuzzy())
        .map(clause -> clause.fuzzy())
        .toList();
  }
}
