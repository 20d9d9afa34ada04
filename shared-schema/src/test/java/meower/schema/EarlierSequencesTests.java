package meower.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarlierSequencesTests {

  @ParameterizedTest
  @ValueSource(strings = {"1", "500,720", "1,2,999999999999999999"})
  void readsWhatItWrites(String header) throws MalformedEventException {
    assertThat(EarlierSequences.parse(header)).hasToString(header);
  }

  @Test
  void hasItsPlaceWhereTheFirstEventIs() throws MalformedEventException {
    assertThat(EarlierSequences.parse("500,720").place()).hasValue(500);
    assertThat(EarlierSequences.NONE.place()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "-1", "a", "1,", ",1", "1, 2", "2,1", "5,5", "1000000000000000000"})
  void refusesWhatIsNoListOfSequences(String header) {
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> EarlierSequences.parse(header));
  }

  @Test
  void ascends() {
    assertThatIllegalArgumentException().isThrownBy(() -> new EarlierSequences(List.of(7L, 6L)));
  }
}
