package meower.command.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTests {

  @Test
  void isWrittenSoThatScannersFindIt() {
    Token token = Token.random();

    assertThat(token.value()).matches("mwr_[0-9A-Za-z]{49}");
    assertThat(Token.of(token.value())).contains(token);
    assertThat(token).asString().doesNotContain(token.value().substring(4));
  }

  @Test
  void hasAllItsDigitsInUse() {
    Set<Integer> digits = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      Token.random().value().substring(5, 47).chars().forEach(digits::add);
    }

    assertThat(digits).hasSize(62);
  }

  @Test
  void knowsATypingErrorWithoutAskingAnybody() {
    String token = Token.random().value();
    for (int i = 4; i < token.length(); i++) {
      char other = token.charAt(i) == 'a' ? 'b' : 'a';

      assertThat(Token.of(token.substring(0, i) + other + token.substring(i + 1))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mwr_",
        "mwr_ä",
        "token",
        "MWR_0000000000000000000000000000000000000000000000000"
      })
  void refusesWhatIsNone(String text) {
    assertThat(Token.of(text)).isEmpty();
  }
}
