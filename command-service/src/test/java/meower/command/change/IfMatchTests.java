package meower.command.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import meower.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTests {

  @Test
  void allowsTheRevisionsThatAreNamed() {
    IfMatch named = IfMatch.parse(" \"2\" , \"12\"");

    assertThat(named.allows(2)).isTrue();
    assertThat(named.allows(12)).isTrue();
    assertThat(named.allows(1)).isFalse();
  }

  @Test
  void allowsAnythingForAStar() {
    assertThat(IfMatch.parse(" * ").allows(7)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"x\"", "\"0\"", "\"01\"", "\"-1\"", "\"99999999999\""})
  void allowsNothingForATagThatNoRevisionHas(String tag) {
    for (int revision = 1; revision <= 21; revision++) {
      assertThat(IfMatch.parse(tag).allows(revision)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "\"2", "2\"", "\"1\" \"2\"", "\"1\",", "W/\"1\"", "*,\"1\""})
  void refusesWhatIsNoListOfTags(String value) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> IfMatch.parse(value))
        .satisfies(
            e -> assertThat(e.getBody().getProperties()).containsEntry("parameter", "If-Match"));
  }
}
