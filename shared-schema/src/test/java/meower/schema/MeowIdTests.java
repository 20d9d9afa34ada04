package meower.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeowIdTests {

  @Test
  void acceptsKsuidsUpToTheLargest() {
    assertThat(MeowId.isKsuid("000000000000000000000000000")).isTrue();
    assertThat(MeowId.isKsuid("aWgEPTl1tmebfsQzFP4bxwgy80V")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "3G12Ptjdq1Yd5cJrsHFtjZdYqG-",
        "3G12Ptjdq1Yd5cJrsHFtjZdYqGé",
        "3G12Ptjdq1Yd5cJrsHFtjZdYqGUU",
        "aWgEPTl1tmebfsQzFP4bxwgy80W"
      })
  void refusesEverythingElse(String text) {
    assertThat(MeowId.isKsuid(text)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new MeowId(text));
  }

  @Test
  void tellsWhenItWasMade() {
    // The example of the KSUID definition.
    assertThat(new MeowId("0ujtsYcgvSTl8PAuAdqWYSMnLOv").instant())
        .isEqualTo(Instant.parse("2017-10-10T04:00:47Z"));
    assertThat(new MeowId("000000000000000000000000000").instant())
        .isEqualTo(Instant.parse("2014-05-13T16:53:20Z"));
  }
}
