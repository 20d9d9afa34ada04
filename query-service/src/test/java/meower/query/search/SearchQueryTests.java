package meower.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import meower.query.search.SearchPart.Phrase;
import meower.query.search.SearchPart.Tag;
import meower.query.search.SearchPart.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchQueryTests {

  @Test
  void takesWordsTagsAndPhrasesApart() {
    assertThat(SearchQuery.parse("Big \"Exact  Phrase\" #Tag dogs").parts())
        .containsExactly(
            new Words("big"), new Phrase("exact  phrase"), new Tag("tag"), new Words("dogs"));
  }

  @Test
  void foldsEveryPart() {
    assertThat(SearchQuery.parse("Café #Über \"Élan vital\"").parts())
        .containsExactly(new Words("cafe"), new Tag("uber"), new Phrase("elan vital"));
  }

  @Test
  void treatsAQuoteThatIsNotClosedAsText() {
    assertThat(SearchQuery.parse("\"a\" and \"half open").parts())
        .containsExactly(new Phrase("a"), new Words("and"), new Words("\"half"), new Words("open"));
  }

  @Test
  void leavesOtherSyntaxAlone() {
    assertThat(SearchQuery.parse("a:b (c OR d)* -e").parts())
        .containsExactly(
            new Words("a:b"), new Words("(c"), new Words("or"), new Words("d)*"), new Words("-e"));
  }

  @Test
  void keepsEmoji() {
    assertThat(SearchQuery.parse("🐈 ❤").parts()).containsExactly(new Words("🐈"), new Words("❤"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "...", "\"\"", "\" - \"", "#", "# ?", "\"", "()[]{}\\/*"})
  void findsNothingInPunctuation(String text) {
    assertThat(SearchQuery.parse(text).parts()).isEmpty();
  }

  @Test
  void knowsWhatIsStillBeingTyped() {
    assertThat(SearchQuery.parse("one \"two\" thr").last()).contains(new Words("thr"));
    assertThat(SearchQuery.parse("one #ta").last()).contains(new Tag("ta"));
    assertThat(SearchQuery.parse("!").last()).isEmpty();
  }
}
