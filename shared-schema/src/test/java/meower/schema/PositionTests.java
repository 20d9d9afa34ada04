package meower.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTests {

  @Test
  void readsWhatItWrites() {
    Position position = new Position("mg8k2x1a", 42);

    assertThat(position).hasToString("mg8k2x1a-42");
    assertThat(Position.parse("mg8k2x1a-42")).contains(position);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "42", "-42", "a-", "a--1", "A-1", "a-1 ", "a-1\n", "a-99999999999999999999"})
  void findsNoPositionInOtherText(String text) {
    assertThat(Position.parse(text)).isEmpty();
  }

  @Test
  void cannotBeBuiltWrong() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Position("", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Position("a", -1));
  }
}
