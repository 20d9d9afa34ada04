package meower.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import meower.search.StandingSearches.Match;
import meower.text.TextRange;
import org.junit.jupiter.api.Test;

class StandingSearchesTests {

  private final StandingSearches<String> searches = new StandingSearches<>();

  @Test
  void saysWhoseSearchAMeowMatchesAndByWhat() {
    searches.add("ann", SearchQuery.parse("breakfast"));
    searches.add("ben", SearchQuery.parse("\"cat food\" #shop "));
    searches.add("cid", SearchQuery.parse("dog"));

    assertThat(searches.matching(SearchedText.of("Brekfast: cat food #shop")))
        .containsExactlyInAnyOrder(
            new Match<>("ann", List.of(new TextRange(0, 8))),
            new Match<>("ben", List.of(new TextRange(10, 18), new TextRange(19, 24))));
  }

  @Test
  void equalQueriesAreOne() {
    searches.add("ann", SearchQuery.parse("Café "));
    searches.add("ben", SearchQuery.parse("cafe  "));

    assertThat(searches.size()).isEqualTo(1);
    assertThat(keys("a cafe")).containsExactlyInAnyOrder("ann", "ben");
    assertThat(searches.tried()).isEqualTo(1);
    assertThat(searches.matched()).isEqualTo(1);
  }

  @Test
  void aKeyHasOneQuery() {
    searches.add("ann", SearchQuery.parse("cat "));
    searches.add("ann", SearchQuery.parse("dog "));

    assertThat(keys("a cat")).isEmpty();
    assertThat(keys("a dog")).containsExactly("ann");
    assertThat(searches.size()).isEqualTo(1);
  }

  @Test
  void whatIsRemovedIsNotEvenTried() {
    searches.add("ann", SearchQuery.parse("cat "));
    searches.add("ben", SearchQuery.parse("cat "));
    searches.remove("ann");
    assertThat(keys("a cat")).containsExactly("ben");

    searches.remove("ben");
    searches.remove("ben");
    assertThat(keys("a cat")).isEmpty();
    assertThat(searches.size()).isZero();
    assertThat(searches.tried()).isEqualTo(1);
  }

  @Test
  void aMeowIsNotComparedWithWhatItCannotMatch() {
    for (String query :
        List.of("#cats ", "\"cat food\"", "breakfast ", "xy", "東京", "node.js ", "🐈")) {
      searches.add(query, SearchQuery.parse(query));
    }

    assertThat(keys("an umbrella, too")).isEmpty();
    assertThat(searches.tried()).isZero();
    assertThat(keys("a #cat with breakfasts in 東京, cat and food"))
        .containsExactlyInAnyOrder("breakfast ", "東京");
    assertThat(searches.tried()).isLessThanOrEqualTo(3);
  }

  @Test
  void aNameIsSeenBeforeAnyWord() {
    searches.add("ann", SearchQuery.parse("wifi "));
    assertThat(keys("the wi-fi")).containsExactly("ann");
  }

  @Test
  void anEmptyQueryMatchesNothing() {
    searches.add("ann", SearchQuery.parse("!!!"));
    assertThat(keys("!!!")).isEmpty();
  }

  private List<String> keys(String body) {
    return searches.matching(SearchedText.of(body)).stream().map(Match::key).toList();
  }
}
