package meower.command.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class TypedTextTests {

  /** What is typed, what it is, and the body of the meow if it becomes one. */
  record Case(String typed, String is, @Nullable String body, String why) {

    @Override
    public String toString() {
      return is + ": " + why;
    }
  }

  static List<Case> cases() throws IOException {
    try (InputStream table =
        Objects.requireNonNull(
            TypedTextTests.class.getResourceAsStream("/meower/text/bodies.json"))) {
      return List.of(JsonMapper.shared().readValue(table, Case[].class));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithThePage(Case each) {
    switch (each.is()) {
      case "ready" -> assertThat(body(each.typed())).isEqualTo(each.body());
      case "blank" -> refusal(each.typed(), "blank");
      case "tooLong" -> refusal(each.typed(), "too-long");
      case "tooManyLines" -> refusal(each.typed(), "too-many-lines");
      case "forbidden" -> refusal(each.typed(), "forbidden-character");
      case "hidden" -> refusal(each.typed(), "hidden-character");
      case "tooManyMarks" -> refusal(each.typed(), "too-many-marks");
      default -> fail("The table has an unknown kind: " + each.is());
    }
  }

  @Test
  void trimsWhatThePageTrims() {
    assertThat(body(" \t\n\u00A0\u2028\uFEFFhello  world\u3000\r\n")).isEqualTo("hello  world");
  }

  @Test
  void composesCharacters() {
    assertThat(body("Cafe\u0301")).isEqualTo("Caf\u00E9");
  }

  @Test
  void knowsOneKindOfLineBreak() {
    assertThat(body("a\r\nb\rc\nd")).isEqualTo("a\nb\nc\nd");
  }

  @Test
  void takesATabForASpace() {
    assertThat(body("a\tb\t\tc\n\td")).isEqualTo("a b  c\n d");
  }

  @Test
  void countsCodePointsAfterNormalising() {
    assertThat(body("🐈".repeat(140))).hasSize(280);
    assertThat(body(" " + "e\u0301".repeat(140) + " ")).hasSize(140);
  }

  @Test
  void refusesMoreThan140AndSaysByHowMuch() {
    assertThat(refusal("🐈".repeat(143), "too-long")).contains("143", "shorten it by 3");
  }

  @Test
  void refusesMoreThan8LineBreaksAndSaysByHowMany() {
    assertThat(body("x\n".repeat(8) + "x")).hasSize(17);
    assertThat(refusal("x\r\n\n".repeat(5) + "x", "too-many-lines")).contains("10", "remove 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\n\t",
        "\u00A0",
        "\uFEFF",
        "\u200B\u200D",
        "\u2028",
        "\u0007",
        "\u3164",
        "\u2800\n\u2800",
        "\u115F\u1160",
        "\uFFA0",
        "\uFE0F",
        "\u034F",
        "\u17B4",
        "\u0301",
        " \u20DD\u0903",
        "\uDB40\uDC41\uDB40\uDC7F"
      })
  void refusesWhatNobodyCouldSee(String typed) {
    refusal(typed, "blank");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\u000Bb", "a\u001Bb", "a\u007Fb", "a\u0085b", "a\uD800b"})
  void refusesControlCharactersAndHalfCharacters(String typed) {
    refusal(typed, "forbidden-character");
  }

  @Test
  void namesTheCharacterThatNobodySees() {
    assertThat(refusal("txt.\u202Eexe", "hidden-character")).contains("U+202E");
    assertThat(refusal("a\uDB40\uDC41", "hidden-character")).contains("U+E0041");
    assertThat(refusal("\u2067a\nb\u2069", "hidden-character")).contains("U+2067");
  }

  /** What was accepted once has to be taken back in when Postgres has lost it. */
  @ParameterizedTest
  @ValueSource(
      strings = {"\u202Eabc\u202C", "a\u200B\u200B\u200B\u200B", "x\u0301\u0302\u0303\u0304"})
  void allowsWhatFormerRulesLetIn(String body) {
    assertThat(TypedText.isAllowed(body)).isTrue();
  }

  @Test
  void saysFirstWhatHasToBeChangedFirst() {
    refusal("\u0000".repeat(150), "blank");
    refusal("x\n\u0000".repeat(50), "too-long");
    refusal("x\n\u0000".repeat(9) + "x", "too-many-lines");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "&amp;",
        "👩‍👩‍👧‍👦",
        "مرحبا",
        "'; drop table meow; --",
        "❤\uFE0F",
        "x\u0336",
        "\u2801"
      })
  void keepsEverythingElseAsItIs(String typed) {
    assertThat(body(typed)).isEqualTo(typed);
  }

  private static String body(String typed) {
    return TypedText.of(typed).accepted().text();
  }

  /** Returns what the person who typed it is told. */
  private static String refusal(String typed, String slug) {
    InvalidBodyException refused =
        assertThatExceptionOfType(InvalidBodyException.class)
            .isThrownBy(() -> body(typed))
            .actual();
    assertThat(refused.slug()).isEqualTo(slug);
    return refused.detail();
  }
}
