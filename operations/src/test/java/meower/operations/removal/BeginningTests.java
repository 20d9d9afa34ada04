package meower.operations.removal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BeginningTests {

  @Test
  void isTheFirst60Characters() {
    assertThat(Beginning.of("🐈".repeat(60))).isEqualTo("🐈".repeat(60));
    assertThat(Beginning.of("🐈".repeat(61))).isEqualTo("🐈".repeat(60) + "…");
  }

  @Test
  void staysOnItsLineOfTheTerminal() {
    assertThat(Beginning.of("a\nb\u001b[2Jc\u202ed\u2028e"))
        .isEqualTo("a\\u{A}b\\u{1B}[2Jc\\u{202E}d\\u{2028}e");
  }
}
