package meower.query.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.Random;
import meower.text.FoldedText;
import meower.text.TextRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldedTextTests {

  @ParameterizedTest
  @CsvSource({
    "Café, cafe",
    "STRASSE, strasse",
    "Straße, strasse",
    "İstanbul, istanbul",
    "ılık, ilik",
    "ﬁne, fine",
    "Ｆｕｌｌ, full",
    "Łódź, lodz",
    "ÆØÅ, aeoa",
    "ΣΊΣΥΦΟΣ, σισυφοσ",
    "σίσυφος, σισυφοσ",
    "don’t, don't",
    "x²①Ⅷ, x21viii",
    "𝓂𝑒𝑜𝓌, meow"
  })
  void foldsCaseAccentsAndWidth(String original, String folded) {
    assertThat(FoldedText.of(original).text()).isEqualTo(folded);
  }

  @ParameterizedTest
  @ValueSource(strings = {"が", "で", "की", "ที่", "각"})
  void keepsMarksThatAreLetters(String original) {
    assertThat(FoldedText.of(original).text()).isEqualTo(original);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Café Ångström", "각하", "ṩ̣̇", "ǖ", "Ǆ"})
  void foldsComposedAndDecomposedTextsAlike(String text) {
    assertThat(FoldedText.of(Normalizer.normalize(text, Normalizer.Form.NFD)).text())
        .isEqualTo(FoldedText.of(Normalizer.normalize(text, Normalizer.Form.NFC)).text());
  }

  @Test
  void makesSpacesOfControlCharacters() {
    assertThat(FoldedText.of("a\u0001b\nc\u0085d").text()).isEqualTo("a b c d");
  }

  @ParameterizedTest
  @CsvSource({
    // body, folded part: its start and end, body range: its start and end
    "Café au lait, 0, 4, 0, 4",
    "🐈 cat, 3, 6, 3, 6",
    "Cafe\u0301 x, 0, 4, 0, 5",
    "ﬁne, 0, 1, 0, 1",
    "ﬁne, 1, 2, 0, 1",
    "xßy, 2, 3, 1, 2",
    "❤\uFE0F cat, 0, 1, 0, 2",
    "👨\u200D👩, 0, 4, 0, 5",
    "\u1112\u1161\u11AB글, 0, 1, 0, 3",
    "ﾊﾟx, 0, 1, 0, 2",
    "𝓂eow, 0, 1, 0, 2"
  })
  void leadsBackToTheOriginal(String body, int from, int to, int start, int end) {
    assertThat(FoldedText.of(body).original(from, to)).isEqualTo(new TextRange(start, end));
  }

  @Test
  void refusesPartsThatDoNotExist() {
    FoldedText folded = FoldedText.of("abc");
    assertThatThrownBy(() -> folded.original(0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> folded.original(2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void mapsEveryOffsetOfAnyTextToWholeCodePointsInOrder() {
    Random random = new Random(7);
    for (int round = 0; round < 3_000; round++) {
      String body = RandomTexts.next(random, 40);
      FoldedText folded = FoldedText.of(body);
      int before = 0;
      for (int i = 0; i < folded.text().length(); i++) {
        TextRange range = folded.original(i, i + 1);
        assertThat(range.end()).isLessThanOrEqualTo(body.length());
        assertThat(range.start()).isGreaterThanOrEqualTo(before);
        assertThat(splitsAPair(body, range.start())).isFalse();
        assertThat(splitsAPair(body, range.end())).isFalse();
        before = range.start();
      }
      assertThat(FoldedText.of(folded.text()).text()).isEqualTo(folded.text());
    }
  }

  private static boolean splitsAPair(String body, int offset) {
    return offset > 0
        && offset < body.length()
        && Character.isSurrogatePair(body.charAt(offset - 1), body.charAt(offset));
  }
}
