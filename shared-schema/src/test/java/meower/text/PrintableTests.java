package meower.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTests {

  @ParameterizedTest
  @CsvSource({
    "0000, \\u{0}", // ends a string of C
    "0007, \\u{7}", // a bell
    "0008, \\u{8}", // steps back over what was printed
    "0009, \\u{9}",
    "000A, \\u{A}",
    "000D, \\u{D}", // begins the line again
    "001B, \\u{1B}", // begins a command
    "007F, \\u{7F}",
    "0085, \\u{85}", // breaks a line
    "0090, \\u{90}", // begins a command, like the next ones, with one character
    "009B, \\u{9B}",
    "009D, \\u{9D}",
    "00AD, \\u{AD}", // unseen
    "061C, \\u{61C}", // turns the direction of writing, like the next ones
    "200B, \\u{200B}",
    "200E, \\u{200E}",
    "202A, \\u{202A}",
    "202E, \\u{202E}",
    "2066, \\u{2066}",
    "2069, \\u{2069}",
    "2028, \\u{2028}", // breaks a line, and a paragraph
    "2029, \\u{2029}",
    "FEFF, \\u{FEFF}",
    "FFF9, \\u{FFF9}",
    "0378, \\u{378}", // nothing yet
    "E000, \\u{E000}", // of private use
    "FFFE, \\u{FFFE}",
    "E0041, \\u{E0041}", // an unseen letter
    "F0000, \\u{F0000}"
  })
  void escapesWhatSteersATerminalOrIsUnseen(String character, String escaped) {
    String text = "a" + Character.toString(Integer.parseInt(character, 16)) + "b";
    assertThat(Printable.line(text)).isEqualTo("a" + escaped + "b");
  }

  @Test
  void escapesHalvesOfCharacters() {
    assertThat(Printable.line("a\ud83db\udc08")).isEqualTo("a\\u{D83D}b\\u{DC08}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "Grüße, 世界! 🐈", "e\u0301", "\u00a0", "a\\u{1B}b"})
  void leavesWhatIsSeen(String text) {
    assertThat(Printable.line(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67", // a family of three
        "\uD83D\uDC69\uD83C\uDFFD\u200D\uD83D\uDCBB", // with a colour of skin
        "\u2764\uFE0F\u200D\uD83D\uDD25", // a heart that is shown as an emoji, and fire
        "\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08", // a flag
        "\uD83C\uDFC3\uD83C\uDFFE\u200D\u2640\uFE0F\u200D\u27A1\uFE0F", // who runs to the right
        "1\uFE0F\u20E3",
        "\u2708\uFE0E"
      })
  void leavesEmojiThatAreMadeOfSeveral(String emoji) {
    assertThat(Printable.line("a" + emoji + "b")).isEqualTo("a" + emoji + "b");
    assertThat(Printable.lines("a" + emoji + "\n")).isEqualTo("a" + emoji + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "a, b",
    "\uD83D\uDC69, b",
    "a, \uD83D\uDC69",
    "\uD83D\uDC69, ''",
    "'', \uD83D\uDC69",
    "1, 2", // digits can be emoji
    "1, \uD83D\uDC69",
    "\uFE0F, \uD83D\uDC69",
    "\uD83C\uDFFD, \uD83D\uDC69",
    "\uD83D\uDC69\uFE0F\uFE0F, \uD83D\uDC69",
    "\uD83D\uDC69, \uFE0F\uD83D\uDC69",
    "\uD83D\uDC69\u0301, \uD83D\uDC69",
    "\uD83D\uDC69, \uDC69",
    "\uD83C\uDDE9, \uD83C\uDDEA", // letters of a flag
    "\u0915\u094D, \u0937"
  })
  void escapesAJoinerThatJoinsNoEmoji(String before, String after) {
    assertThat(Printable.line(before + "\u200D" + after).codePoints()).doesNotContain(0x200D);
  }

  @Test
  void escapesJoinersInARow() {
    String emoji = "\uD83D\uDC69";
    assertThat(Printable.line(emoji + "\u200D\u200D" + emoji))
        .isEqualTo(emoji + "\\u{200D}\\u{200D}" + emoji);
    assertThat(Printable.line(emoji + "\u200D\u202E" + emoji))
        .isEqualTo(emoji + "\\u{200D}\\u{202E}" + emoji);
  }

  @Test
  void leavesTheLinesOfWhoeverPrintsThem() {
    assertThat(Printable.lines("a\nb\rc\u0085d\u2028e")).isEqualTo("a\nb\\u{D}c\\u{85}d\\u{2028}e");
  }

  @Test
  void leavesNothingThatIsOfTheCategoryOther() {
    String all =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .mapToObj(Character::toString)
            .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
            .toString();
    assertThat(Printable.line(all).codePoints())
        .noneMatch(c ->
            switch (Character.getType(c)) {
              case Character.CONTROL,
                  Character.FORMAT,
                  Character.SURROGATE,
                  Character.PRIVATE_USE,
                  Character.UNASSIGNED,
                  Character.LINE_SEPARATOR,
                  Character.PARAGRAPH_SEPARATOR ->
                  true;
              default -> false;
            });
  }
}
