package meower.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandingSearchTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a caterpillar | cater | true",
        "a caterpillar | ~cater ~ | false",
        "Brekfast at nine | breakfast | true",
        "trekfast at nine | breakfast | false",
        "cat and food | \"cat food\" | false",
        "cat-food | \"cat food\" | true",
        "cats | cats dogs | false",
        "dogs, cats | cats dogs | true",
        "#caterpillar | #cat | true",
        "#caterpillar | ~#cat ~ | false",
        "東京の天気 | 東京天気 | true",
        "京の東 | 東京 | false",
        "I don’t | dont | true",
        "blackboards | black-board | false",
        "a bleck bord | black-board | true",
        "the boardd is blackk | black-board | true",
        "boards of black | black-board | true",
        "black | black-board | false",
        "nodejs | node.js | false",
        "node-js | node.js | true",
        "🐈 | 🐈 | true",
        "🐶 | 🐈 | false",
      })
  void matchesWhatTheSearchWouldFind(String body, String query, boolean isFound) {
    StandingSearch search = new StandingSearch(SearchQuery.parse(query));
    assertThat(search.matches(SearchedText.of(body)).isPresent()).isEqualTo(isFound);
  }

  @Test
  void takesAsManyWordsAsItMay() {
    assertThat(StandingSearch.refusal("w ".repeat(20))).isEmpty();
    assertThat(StandingSearch.refusal("\"" + "w ".repeat(20) + "\"")).isEmpty();
    assertThat(StandingSearch.refusal("東".repeat(200))).isEmpty();
  }

  @Test
  void refusesMoreWordsAndSaysHowManyItMayHave() {
    assertThat(StandingSearch.refusal("w ".repeat(21))).contains("may have 20 words at most");
    assertThat(StandingSearch.refusal("\"" + "w ".repeat(21) + "\"")).isPresent();
    assertThat(StandingSearch.refusal("w " + "#w ".repeat(20))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   "})
  void refusesNothing(String text) {
    assertThat(StandingSearch.refusal(text))
        .hasValueSatisfying(r -> assertThat(r).contains("1 to 200"));
  }

  @Test
  void refusesWhatTheSearchRefuses() {
    assertThat(StandingSearch.refusal("x".repeat(201)))
        .isEqualTo(SearchQuery.refusal("x".repeat(201)));
    assertThat(StandingSearch.refusal(" " + "🐈".repeat(200) + " ")).isEmpty();
  }
}
