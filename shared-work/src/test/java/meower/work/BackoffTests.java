package meower.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTests {

  private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

  @ParameterizedTest
  @CsvSource({"1,50,100", "2,100,200", "3,200,400", "7,2500,5000", "2147483647,2500,5000"})
  void doublesUpToTheMaximumWithHalfOfItRandom(int failures, long least, long most) {
    for (int i = 0; i < 1000; i++) {
      assertThat(Backoff.DEFAULT.delay(failures, random))
          .isBetween(Duration.ofMillis(least), Duration.ofMillis(most));
    }
  }

  @Test
  void cannotBeBuiltWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
  }
}
