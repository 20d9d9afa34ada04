package meower.bench.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SearchedWordsTests {

  private static final int MEOWS = 300;

  /** Everybody has the cat, every thirtieth the tiger, one the zebra; no word is a number. */
  private final SearchedWords words =
      new SearchedWords(
          IntStream.range(0, MEOWS)
              .mapToObj(i ->
                  "Cat " + i + (i % 30 == 0 ? " TIGER" : " dogs") + (i == 7 ? " zebra a zoo" : "")),
          MEOWS);

  @Test
  void tellsCommonWordsFromRareOnes() {
    assertThat(words.mostCommon()).startsWith("cat", "dogs", "tiger").doesNotContain("7");
    assertThat(words.middling()).startsWith("tiger");
    assertThat(words.rare()).startsWith("zebra", "tiger").doesNotContain("zoo", "a");
    assertThat(words.unknown()).startsWith("zqzebra");
    assertThat(words.manyUnknown())
        .startsWith("zqzebraaa", "zqtigeraa")
        .hasSize(1_000)
        .doesNotHaveDuplicates();
  }

  @Test
  void takesOnlySoMany() {
    Stream<String> many =
        Stream.of(
            String.join(
                " ", List.of("aaaa bbbb cccc dddd eeee ffff" + " gggg hhhh iiii jjjj kkkk llll")));
    assertThat(new SearchedWords(many, 1).rare()).hasSize(SearchedWords.COUNT).startsWith("aaaa");
  }
}
