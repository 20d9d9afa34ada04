package meower.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import meower.text.TextRange;
import org.junit.jupiter.api.Test;

class HighlightsTests {

  private static final SearchQuery WORDS = SearchQuery.parse("cat");

  @Test
  void bringsMarksBackToTheBody() {
    assertThat(Highlights.in("Ein 🐈 im Café", marked("ein 🐈 im [cafe]"), WORDS))
        .containsExactly(new TextRange(10, 14));
  }

  @Test
  void highlightsWholeCharacters() {
    assertThat(Highlights.in("ﬁne 🐈‍⬛!", marked("[fi]ne [🐈‍⬛]!"), WORDS))
        .containsExactly(new TextRange(0, 1), new TextRange(4, 8));
  }

  @Test
  void joinsMarksThatTouch() {
    assertThat(Highlights.in("東京都 ßx", marked("[東][京]都 [s][s]x"), WORDS))
        .containsExactly(new TextRange(0, 2), new TextRange(4, 5));
  }

  @Test
  void highlightsTagsWithTheirSign() {
    assertThat(
            Highlights.in("a #Ünder b #under_x #x", Optional.empty(), SearchQuery.parse("#under")))
        .containsExactly(new TextRange(2, 8), new TextRange(11, 19));
  }

  @Test
  void highlightsBeginningsOfTheLastTagOnly() {
    assertThat(Highlights.in("#cats #dogs", Optional.empty(), SearchQuery.parse("#ca #dog")))
        .containsExactly(new TextRange(6, 11));
  }

  @Test
  void joinsWordsAndTags() {
    assertThat(Highlights.in("#cat cat", marked("#[cat] [cat]"), SearchQuery.parse("cat #cat")))
        .containsExactly(new TextRange(0, 4), new TextRange(5, 8));
  }

  @Test
  void highlightsNothingThatWasFoldedByOtherRules() {
    assertThat(Highlights.in("short", marked("something [else] and longer"), WORDS)).isEmpty();
  }

  private static Optional<String> marked(String text) {
    return Optional.of(text.replace('[', Highlights.OPEN).replace(']', Highlights.CLOSE));
  }
}
