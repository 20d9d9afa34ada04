package meower.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonResultTests {

  @ParameterizedTest
  @CsvSource({"9, false", "10, true", "11, true"})
  void hasToHaveAsManyMeowsAsTheIndexThatIsRead(long count, boolean fit) {
    assertThat(new ComparisonResult(10, List.of(), count, OptionalLong.of(10)).isFit())
        .isEqualTo(fit);
  }

  @Test
  void isNotComparedWithAnIndexOfAnotherStream() {
    assertThat(new ComparisonResult(10, List.of(), 0, OptionalLong.empty()).isFit()).isTrue();
  }

  @Test
  void isNotFitWhileItLacksAMeowOfTheStream() {
    assertThat(new ComparisonResult(10, List.of(7L), 10, OptionalLong.of(10)).isFit()).isFalse();
  }
}
