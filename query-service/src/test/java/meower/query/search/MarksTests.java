package meower.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import meower.schema.TextRange;
import org.junit.jupiter.api.Test;

class MarksTests {

  private static final SearchQuery WORDS = SearchQuery.parse("cat");

  @Test
  void bringsMarksBackToTheBody() {
    assertThat(Marks.in("Ein 🐈 im Café", marked("ein 🐈 im [cafe]"), WORDS))
        .containsExactly(new TextRange(10, 14));
  }

  @Test
  void marksWholeCharacters() {
    assertThat(Marks.in("ﬁne 🐈‍⬛!", marked("[fi]ne [🐈‍⬛]!"), WORDS))
        .containsExactly(new TextRange(0, 1), new TextRange(4, 8));
  }

  @Test
  void joinsMarksThatTouch() {
    assertThat(Marks.in("東京都 ßx", marked("[東][京]都 [s][s]x"), WORDS))
        .containsExactly(new TextRange(0, 2), new TextRange(4, 5));
  }

  @Test
  void marksTagsWithTheirSign() {
    assertThat(Marks.in("a #Ünder b #under_x #x", Optional.empty(), SearchQuery.parse("#under")))
        .containsExactly(new TextRange(2, 8), new TextRange(11, 19));
  }

  @Test
  void marksBeginningsOfTheLastTagOnly() {
    assertThat(Marks.in("#cats #dogs", Optional.empty(), SearchQuery.parse("#ca #dog")))
        .containsExactly(new TextRange(6, 11));
  }

  @Test
  void joinsWordsAndTags() {
    assertThat(Marks.in("#cat cat", marked("#[cat] [cat]"), SearchQuery.parse("cat #cat")))
        .containsExactly(new TextRange(0, 4), new TextRange(5, 8));
  }

  @Test
  void marksNothingThatWasFoldedByOtherRules() {
    assertThat(Marks.in("short", marked("something [else] and longer"), WORDS)).isEmpty();
  }

  private static Optional<String> marked(String text) {
    return Optional.of(text.replace('[', Marks.OPEN).replace(']', Marks.CLOSE));
  }
}
