package meower.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SupervisedTests {
  @Test
  void doublesThePauseUpToTenSeconds() {
    assertThat(IntStream.rangeClosed(1, 6).mapToLong(n -> Supervised.pauseAfter(n).toSeconds()))
        .containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
    assertThat(Supervised.pauseAfter(1_000_000).toSeconds()).isEqualTo(10);
  }
}
