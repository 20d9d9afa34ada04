package meower.search;

import static org.assertj.core.api.Assertions.assertThat;

import meower.search.SearchPart.Phrase;
import meower.search.SearchPart.Tag;
import meower.search.SearchPart.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchQueryTests {

  @Test
  void takesWordsTagsAndPhrasesApart() {
    assertThat(SearchQuery.parse("Big \"Exact  Phrase\" #Tag dogs").parts())
        .containsExactly(
            words("big"),
            new Phrase("exact  phrase"),
            new Tag("tag", false),
            new Words("dogs", true));
  }

  @Test
  void foldsEveryPart() {
    assertThat(SearchQuery.parse("Café #Über \"Élan vital\"").parts())
        .containsExactly(words("cafe"), new Tag("uber", false), new Phrase("elan vital"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"quick red\" fox ",
        "“quick red” fox ",
        "”quick red” fox ",
        "„quick red“ fox ",
        "„quick red” fox ",
        "«quick red» fox ",
        "»quick red« fox ",
        "‹quick red› fox ",
        "‘quick red’ fox ",
        "‚quick red‘ fox ",
        "「quick red」 fox ",
        "『quick red』fox ",
        "〝quick red〟 fox ",
        "＂quick red＂ fox ",
        "“quick red\" fox "
      })
  void readsEveryPairOfQuotes(String text) {
    assertThat(SearchQuery.parse(text).parts())
        .containsExactly(new Phrase("quick red"), words("fox"));
  }

  @Test
  void treatsAQuoteThatIsNotClosedAsText() {
    assertThat(SearchQuery.parse("\"a\" and \"half open").parts())
        .containsExactly(new Phrase("a"), words("and"), words("\"half"), new Words("open", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"l’avocat ", "‘tis the dogs’bone ", "rock ’n’roll "})
  void takesApostrophesForNoQuotes(String text) {
    assertThat(SearchQuery.parse(text).parts()).allMatch(Words.class::isInstance);
  }

  @Test
  void leavesOtherSyntaxAlone() {
    assertThat(SearchQuery.parse("a:b (c OR d)* -e").parts())
        .containsExactly(
            words("a:b"), words("(c"), words("or"), words("d)*"), new Words("-e", true));
  }

  @Test
  void keepsEmoji() {
    assertThat(SearchQuery.parse("🐈 ❤ ").parts()).containsExactly(words("🐈"), words("❤"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "...", "\"\"", "\" - \"", "#", "# ?", "\"", "()[]{}\\/*", "»«"})
  void findsNothingInPunctuation(String text) {
    assertThat(SearchQuery.parse(text).parts()).isEmpty();
  }

  @Test
  void isStillBeingTypedAtItsVeryEnd() {
    assertThat(SearchQuery.parse("one \"two\" thr").parts()).endsWith(new Words("thr", true));
    assertThat(SearchQuery.parse("one #ta").parts()).endsWith(new Tag("ta", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"#tag ", "#tag\n", "\"#tag\"", "“ #tag ”", "#tag,", "#tag !"})
  void isFinishedByWhatStandsBehindIt(String text) {
    assertThat(SearchQuery.parse(text).parts()).containsExactly(new Tag("tag", false));
  }

  @Test
  void finishesWordsWithASpace() {
    assertThat(SearchQuery.parse("one two ").parts()).containsExactly(words("one"), words("two"));
  }

  private static Words words(String text) {
    return new Words(text, false);
  }
}
