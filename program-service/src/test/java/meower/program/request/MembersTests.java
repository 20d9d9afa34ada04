package meower.program.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Set;
import meower.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MembersTests {

  private static final Duration USUAL = Duration.ofSeconds(30);

  @Test
  void takesWhatIsUsualForWhatIsLeftOut() {
    Members members = members("{}");

    assertThat(members.number("most", 10, 100)).isEqualTo(10);
    assertThat(duration(members)).isEqualTo(USUAL);
    assertThat(members.flag("public")).isFalse();
  }

  @Test
  void readsWhatIsThere() {
    Members members = members("{\"most\":100,\"wait\":\"2s\",\"public\":true}");

    assertThat(members.number("most", 10, 100)).isEqualTo(100);
    assertThat(duration(members)).isEqualTo(Duration.ofSeconds(2));
    assertThat(members.flag("public")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "101", "-1", "1.0", "1e1", "\"1\"", "null", "[1]", "99999999999"})
  void refusesWhatIsNoWholeNumberInItsRange(String value) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> members("{\"most\":" + value + "}").number("most", 10, 100))
        .withMessageContaining("push.most has to be a whole number from 1 to 100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "\"true\"", "null"})
  void refusesWhatIsNeitherTrueNorFalse(String value) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> members("{\"public\":" + value + "}").flag("public"))
        .withMessageContaining("push.public has to be true or false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "null", "\"2\"", "\"0s\""})
  void refusesWhatIsNoDuration(String value) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> duration(members("{\"wait\":" + value + "}")))
        .withMessageContaining("push.wait has to be a duration from 1s to 1h");
  }

  @Test
  void namesWhatNobodyKnows() {
    Members members = members("{\"most\":1,\"msot\":2}");

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> members.requireKnown(Set.of("most"), "push has no %s. It has most."))
        .withMessageContaining("push has no msot. It has most.");
  }

  private static Duration duration(Members members) {
    return members.duration("wait", USUAL, Duration.ofSeconds(1), Duration.ofHours(1));
  }

  private static Members members(String json) {
    return Members.of(Content.parse(json).orElseThrow(), "push");
  }
}
