package meower.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibilityTests {

  @ParameterizedTest
  @CsvSource({
    "true,  0,         AT_ONCE",
    "true,  1000000, AT_ONCE",
    "false, 0,         AT_ONCE",
    "false, 19999,    AT_ONCE",
    "false, 20000,    LATER",
    "false, 1000000, LATER"
  })
  void onlyAnIndexThatNobodyReadsMayWait(boolean isRead, long pending, Visibility needed) {
    assertThat(Visibility.of(isRead, pending)).isEqualTo(needed);
  }
}
