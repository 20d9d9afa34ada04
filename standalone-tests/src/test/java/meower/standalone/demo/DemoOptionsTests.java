package meower.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoOptionsTests {
  private static final Path DATA = Path.of("/clone/data");

  @Test
  void posts3000TextsWhenNothingIsSaid() {
    assertThat(DemoOptions.parse(List.of(), DATA)).isEqualTo(new DemoOptions(3_000, DATA));
  }

  @Test
  void takesACountAndADataFolder() {
    assertThat(DemoOptions.parse(List.of("20", "--data", "/other"), DATA))
        .isEqualTo(new DemoOptions(20, Path.of("/other")));
  }

  @Test
  void refusesACountThatIsNone() {
    for (String count : List.of("many", "0", "100001", "1e3", "9999999")) {
      assertThatThrownBy(() -> DemoOptions.parse(List.of(count), DATA))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("demo takes a number from 1 to 100000, not " + count);
    }
  }
}
