package meower.query.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Random;
import meower.text.FoldedText;
import meower.text.TextRange;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FoldedTextPropertyTests {

  @Property
  void foldsWhatIsFoldedToItself(@ForAll long seed) {
    String once = FoldedText.of(RandomTexts.next(new Random(seed), 140)).text();
    assertThat(FoldedText.of(once).text()).isEqualTo(once);
  }

  @Property
  void findsTheWayBackFromEveryPart(@ForAll long seed) {
    String original = RandomTexts.next(new Random(seed), 140);
    FoldedText folded = FoldedText.of(original);
    int last = 0;
    for (int i = 0; i < folded.text().length(); i++) {
      TextRange range = folded.original(i, i + 1);
      assertThat(range.start()).isGreaterThanOrEqualTo(last);
      assertThat(range.end()).isLessThanOrEqualTo(original.length());
      last = range.start();
    }
  }

  @Property
  void foldsBothWaysOfWritingAnAccentAlike(@ForAll long seed) {
    String text = RandomTexts.next(new Random(seed), 20) + "\u00E9";
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
    assertThat(FoldedText.of(decomposed).text()).isEqualTo(FoldedText.of(composed).text());
  }
}
