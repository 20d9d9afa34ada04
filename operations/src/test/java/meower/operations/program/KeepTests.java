package meower.operations.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class KeepTests {

  @ParameterizedTest
  @CsvSource({"0s, PT0S", "90s, PT90S", "5m, PT5M", "24h, PT24H", "7d, P7D"})
  void readsWhatPeopleType(String typed, Duration expected) {
    assertThat(new Keep().convert(typed)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "h", "-1h", "1.5h", "1w", "1 h", "9999999s"})
  void saysWhatToTypeInstead(String typed) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new Keep().convert(typed))
        .withMessageContaining("24h");
  }
}
