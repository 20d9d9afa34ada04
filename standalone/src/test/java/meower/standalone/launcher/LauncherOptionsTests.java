package meower.standalone.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import meower.standalone.stack.Part;
import meower.standalone.stack.PortPlan;
import org.junit.jupiter.api.Test;

class LauncherOptionsTests {
  private static final Path DATA = Path.of("/clone/data");

  @Test
  void keepsTheDataAndUsesPort8080WhenNothingIsSaid() {
    assertThat(parse()).isEqualTo(new LauncherOptions(new PortPlan(8080), false, false, DATA));
  }

  @Test
  void takesPortAndDataAndClean() {
    assertThat(parse("--clean", "--port", "9000", "--data", "/elsewhere/../other"))
        .isEqualTo(new LauncherOptions(new PortPlan(9000), true, false, Path.of("/other")));
    assertThat(parse("--instances", "2").ports().all(Part.QUERY)).hasSize(2);
  }

  @Test
  void takesTlsAndPrivate() {
    assertThat(parse("--tls").ports()).isEqualTo(new PortPlan(8080).withTls());
    assertThat(parse("--tls").ports().url()).isEqualTo("https://localhost:8443");
    assertThat(parse("--tls", "--port", "9000").ports().url()).isEqualTo("https://localhost:9363");
    assertThat(parse("--port", "9000").ports().url()).isEqualTo("http://localhost:9000");
    assertThat(parse("--private").members()).isTrue();
    assertThat(parse("--tls").members()).isFalse();
  }

  @Test
  void saysWhatIsWrongWithAnArgument() {
    assertWrong("unknown option --prot", "--prot", "1");
    assertWrong("--port needs a value", "--port");
    assertWrong("--port needs a number, not x", "--port", "x");
    assertWrong("there can be 1 to 3 instances, not 4", "--instances", "4");
    assertWrong("a port is between 1 and 65498, not 65535", "--port", "65535");
    assertWrong("a port is between 1 and 65498, not 0", "--port", "0");
    assertWrong("a port is between 1 and 65172 with --tls, not 65173", "--port", "65173", "--tls");
  }

  private static void assertWrong(String message, String... arguments) {
    assertThatThrownBy(() -> parse(arguments))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static LauncherOptions parse(String... arguments) {
    return LauncherOptions.parse(List.of(arguments), DATA);
  }
}
