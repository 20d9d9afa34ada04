package meower.bench.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTests {

  @Test
  void takesTheMiddleValue() {
    assertThat(Statistics.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Statistics(2, 1, 9));
  }

  @Test
  void takesTheMiddleOfTheTwoInTheMiddle() {
    assertThat(Statistics.of(List.of(4.0, 1.0, 2.0, 9.0)).median()).isEqualTo(3);
  }

  @Test
  void saysHowFarTheValuesAreApart() {
    assertThat(Statistics.of(List.of(1.0, 2.0, 3.0)).spread()).isEqualTo(1);
  }

  @Test
  void needsAValue() {
    assertThatThrownBy(() -> Statistics.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
