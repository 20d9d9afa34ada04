package meower.bench.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meower.bench.relevance.Violation.Fault;
import org.junit.jupiter.api.Test;

class ScoreTests {

  private static final JudgedQuery CATS =
      query(List.of("a", "b", "c", "d"), List.of("e"), List.of("x", "y"), List.of());
  private static final JudgedQuery ORDERED =
      query(List.of("a", "b", "c"), List.of(), List.of(), List.of("a", "b"));

  @Test
  void countsWhichPartOfTheExpectedIsFound() {
    assertThat(Score.of(CATS, List.of("a", "z", "c", "e")).recall()).isEqualTo(0.5);
    assertThat(Score.of(CATS, List.of("e", "x")).recall()).isZero();
  }

  @Test
  void looksNoFurtherThanTheFirstHundred() {
    List<String> others = IntStream.range(0, 99).mapToObj(n -> "other-" + n).toList();

    Score hundredth = Score.of(CATS, Stream.concat(others.stream(), Stream.of("a")).toList());
    Score behind = Score.of(CATS, Stream.concat(others.stream(), Stream.of("z", "a")).toList());

    assertThat(hundredth.recall()).isEqualTo(0.25);
    assertThat(hundredth.reciprocalRank()).isEqualTo(0.01);
    assertThat(behind.recall()).isZero();
    assertThat(behind.reciprocalRank()).isZero();
  }

  @Test
  void countsWhichPartOfAShortAnswerIsRelevant() {
    assertThat(Score.of(CATS, List.of("a", "e", "x", "unjudged")).precision()).isEqualTo(0.5);
    assertThat(Score.of(CATS, List.of("a")).precision()).isEqualTo(1);
    assertThat(Score.of(CATS, List.of()).precision()).isZero();
  }

  @Test
  void countsTheRelevantOfTheFirstTenOnly() {
    List<String> found = List.of("1", "2", "3", "4", "5", "6", "7", "a", "b", "c", "d", "e");

    assertThat(Score.of(CATS, found).precision()).isCloseTo(0.3, within(1e-9));
  }

  @Test
  void takesThePlaceOfTheFirstExpectedText() {
    assertThat(Score.of(CATS, List.of("e", "z", "z2", "b", "a")).reciprocalRank()).isEqualTo(0.25);
    assertThat(Score.of(CATS, List.of("a", "b")).reciprocalRank()).isEqualTo(1);
  }

  @Test
  void takesThePlaceOfAFirstTextIfThereHasToBeOne() {
    assertThat(Score.of(ORDERED, List.of("c", "b", "a")).reciprocalRank()).isEqualTo(0.5);
  }

  @Test
  void namesWhatIsMissingAndWhatIsWrong() {
    assertThat(Score.of(CATS, List.of("a", "y", "b", "d")).violations())
        .containsExactly(
            new Violation(CATS, Fault.MISSING, "c"), new Violation(CATS, Fault.WRONG, "y"));
  }

  @Test
  void namesEachThatShouldPrecedeWhatIsBeforeIt() {
    assertThat(Score.of(ORDERED, List.of("b", "c", "a")).violations())
        .containsExactly(new Violation(ORDERED, Fault.NOT_FIRST, "a"));
    assertThat(Score.of(ORDERED, List.of("c", "b", "a")).violations()).hasSize(2);
    assertThat(Score.of(ORDERED, List.of("b", "a", "c", "other")).violations()).isEmpty();
  }

  @Test
  void refusesJudgementsThatContradictEachOther() {
    assertThatThrownBy(() -> query(List.of("a"), List.of("b"), List.of("b"), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> query(List.of("a"), List.of("b"), List.of(), List.of("b")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> query(List.of(), List.of("b"), List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static JudgedQuery query(
      List<String> must, List<String> also, List<String> mustNot, List<String> first) {
    return new JudgedQuery("en", "exact", "cats", must, also, mustNot, first);
  }
}
