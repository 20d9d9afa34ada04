package meower.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BestMatchTests {

  @ParameterizedTest
  @CsvSource({
    "breakfast, Early breakfast today",
    "BREAKFAST, early Breakfast",
    "cafe, in the Café",
    "dont, I don’t know",
    "#cats, two #Cats",
    "'red house', a red house",
    "'red house', 'a house, and a red house'",
    "c++, I speak C++",
    "東京, 東京タワー",
    "'\"quick fox\"', the quick fox",
    "🐈, a 🐈"
  })
  void isWhatHasItAllAsItWasTyped(String query, String meow) {
    assertThat(isBest(query, meow)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "breakfast, Early breakfasts today",
    "breakfast, early brekfast",
    "breakfast, nothing of it",
    "#cats, two #catsitters",
    "'red house', a house that is red",
    "c++, I speak C",
    "東京, 京の東",
    "'\"quick fox\"', the quick brown fox"
  })
  void isNotWhatHasItOtherwise(String query, String meow) {
    assertThat(isBest(query, meow)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"node.js", "l'avocat", "!?", "\"東京\"x-y", "\"cat 東\""})
  void isUnknownOfWhatIsFoundInSeveralWays(String query) {
    assertThat(BestMatch.of(SearchQuery.parse(query))).isEmpty();
  }

  /** The index does not look for so long a row. */
  @Test
  void asksForNoRowOfVeryManyWords() {
    String words = "a b c d e f g h i j k l m n o p q r s t u v w x y z aa bb cc dd ee";
    assertThat(isBest(words, words.replaceFirst("a b", "b a"))).isTrue();
    String fewer = words.replace(" ee", "");
    assertThat(isBest(fewer, fewer.replaceFirst("a b", "b a"))).isFalse();
  }

  private static boolean isBest(String query, String meow) {
    return BestMatch.of(SearchQuery.parse(query)).orElseThrow().is(SearchedText.of(meow));
  }
}
