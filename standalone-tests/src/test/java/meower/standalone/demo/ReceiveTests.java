package meower.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiveTests {

  @Test
  void listensAtPort9000AndRefusesNothing() {
    assertThat(Receive.Options.parse(List.of()))
        .isEqualTo(new Receive.Options(9000, Optional.empty(), 0));
  }

  @Test
  void takesItsOptionsInAnyOrder() {
    assertThat(
            Receive.Options.parse(List.of("--fail", "3", "--secret", "whsec_x", "--port", "9001")))
        .isEqualTo(new Receive.Options(9001, Optional.of("whsec_x"), 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port", "--port x", "--port 65536", "--fail -1", "--prot 1", "9000"})
  void saysWhatIsWrong(String words) {
    List<String> arguments = List.of(words.split(" ", -1));
    assertThatThrownBy(() -> Receive.Options.parse(arguments))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(arguments.getFirst());
  }
}
