package meower.bench.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PhrasesTests {

  private static final Phrases PHRASES =
      new Phrases(
          "en", List.of("Well,", "So,"), List.of(" it rains", " it snows"), List.of(".", "!", "?"));

  @Test
  void makesEveryCombinationOnce() {
    assertThat(PHRASES.texts(12).stream().map(JudgedText::text))
        .doesNotHaveDuplicates()
        .contains("Well, it rains.", "So, it snows?", "Well, it snows!");
    assertThat(PHRASES.texts(12).stream().map(JudgedText::key)).doesNotHaveDuplicates();
  }

  @Test
  void makesTheSameEachTime() {
    assertThat(PHRASES.texts(7)).isEqualTo(PHRASES.texts(12).subList(0, 7));
  }

  @Test
  void refusesToRepeatItself() {
    assertThatThrownBy(() -> PHRASES.texts(13)).isInstanceOf(IllegalArgumentException.class);
  }
}
