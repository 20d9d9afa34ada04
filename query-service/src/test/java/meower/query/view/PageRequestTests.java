package meower.query.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import meower.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageRequestTests {

  @Test
  void takesTheFirstHundredByDefault() {
    assertThat(PageRequest.of(null, null, "")).isEqualTo(new PageRequest(100, 0));
  }

  @Test
  void reachesTenThousand() {
    assertThat(PageRequest.of("500", "9500", "")).isEqualTo(new PageRequest(500, 9500));
  }

  @ParameterizedTest
  @CsvSource({
    "take, 0, 0",
    "take, 501, 0",
    "take, -1, 0",
    "take, ten, 0",
    "take, 1.5, 0",
    "take, '', 0",
    "take, ' 5', 0",
    "take, ５, 0",
    "take, 99999999999, 0",
    "skip, 1, -1",
    "skip, 1, x",
    "skip, 500, 9501",
    "skip, 1, 999999999"
  })
  void namesTheParameterThatIsWrong(String parameter, String take, String skip) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> PageRequest.of(take, skip, "Use before."))
        .satisfies(problem ->
            assertThat(problem.getBody().getProperties()).containsEntry("parameter", parameter));
  }

  @Test
  void saysWhatToDoInsteadOfSkippingFar() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> PageRequest.of("1", "10000", "Use before."))
        .satisfies(problem -> assertThat(problem.getBody().getDetail()).endsWith("Use before."));
  }
}
