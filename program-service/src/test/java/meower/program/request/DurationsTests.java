package meower.program.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import meower.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTests {

  @ParameterizedTest
  @CsvSource({
    "500ms, 500ms",
    "1000ms, 1s",
    "90s, 90s",
    "120s, 2m",
    "36h, 36h",
    "24h, 1d",
    "0m, 0s"
  })
  void areReadAndWrittenInTheLargestUnitThatFits(String text, String expected) {
    Duration duration = Durations.parse("x", text, Duration.ZERO, Duration.ofDays(30));
    assertThat(Durations.format(duration)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-1s", "1.5s", "1 s", "31d", "9999999999999ms", "1S"})
  void areRefusedAndNamed(String text) {
    assertThatThrownBy(() -> Durations.parse("delay", text, Duration.ZERO, Duration.ofDays(30)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem ->
                assertThat(problem.getBody().getDetail()).contains("delay", "from 0s to 30d"));
  }

  @Test
  void endWithTheirBounds() {
    assertThat(Durations.parse("x", "12h", Duration.ofSeconds(1), Duration.ofHours(12)))
        .isEqualTo(Duration.ofHours(12));
  }
}
