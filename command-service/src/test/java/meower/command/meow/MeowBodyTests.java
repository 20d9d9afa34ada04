package meower.command.meow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeowBodyTests {

  @Test
  void trimsWhatThePageTrims() {
    assertThat(MeowBody.of(" \t\n\u00A0\u2028\uFEFFhello  world\u3000\r\n").text())
        .isEqualTo("hello  world");
  }

  @Test
  void composesCharacters() {
    assertThat(MeowBody.of("Cafe\u0301").text()).isEqualTo("Caf\u00E9");
  }

  @Test
  void knowsOneKindOfLineBreak() {
    assertThat(MeowBody.of("a\r\nb\rc\nd").text()).isEqualTo("a\nb\nc\nd");
  }

  @Test
  void countsCodePointsAfterNormalising() {
    assertThat(MeowBody.of("🐈".repeat(140)).text()).hasSize(280);
    assertThat(MeowBody.of(" " + "e\u0301".repeat(140) + " ").text()).hasSize(140);
  }

  @Test
  void refusesMoreThan140AndSaysByHowMuch() {
    assertThatExceptionOfType(InvalidBodyException.class)
        .isThrownBy(() -> MeowBody.of("🐈".repeat(143)))
        .satisfies(e -> assertThat(e.slug()).isEqualTo("too-long"))
        .withMessageContaining("143")
        .withMessageContaining("shorten it by 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t", "\u00A0", "\uFEFF", "\u200B\u200D", "\u2028"})
  void refusesWhatNobodyCouldSee(String typed) {
    assertThatExceptionOfType(InvalidBodyException.class)
        .isThrownBy(() -> MeowBody.of(typed))
        .satisfies(e -> assertThat(e.slug()).isEqualTo("blank"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\tb", "a\u001Bb", "a\u007Fb", "a\u0085b", "a\uD800b"})
  void refusesControlCharactersAndHalfCharacters(String typed) {
    assertThatExceptionOfType(InvalidBodyException.class)
        .isThrownBy(() -> MeowBody.of(typed))
        .satisfies(e -> assertThat(e.slug()).isEqualTo("forbidden-character"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "&amp;",
        "👩‍👩‍👧‍👦",
        "مرحبا",
        "'; drop table meow; --"
      })
  void keepsEverythingElseAsItIs(String typed) {
    assertThat(MeowBody.of(typed).text()).isEqualTo(typed);
  }
}
