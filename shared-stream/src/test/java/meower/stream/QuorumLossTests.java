package meower.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuorumLossTests {

  private static final long START = Long.MAX_VALUE - 1_000; // the clock may wrap

  private final QuorumLoss loss = new QuorumLoss();

  @Test
  void givesAConnectionUpThatIsBadForThreeSeconds() {
    assertThat(badAt(0)).isFalse();
    assertThat(badAt(2_900)).isFalse();
    assertThat(badAt(3_000)).isTrue();
  }

  @Test
  void forgetsWhatWasBadOnceItIsGood() {
    badAt(0);
    loss.good();

    assertThat(badAt(3_000)).isFalse();
    assertThat(badAt(6_000)).isTrue();
  }

  @Test
  void givesUpLessAndLessOften() {
    List<Integer> givenUp = new ArrayList<>();
    for (int millis = 0; millis <= 40_000; millis += 1_000) {
      if (badAt(millis)) {
        givenUp.add(millis);
      }
    }

    assertThat(givenUp).containsExactly(3_000, 6_000, 12_000, 22_000, 32_000);
  }

  private boolean badAt(int millis) {
    return loss.bad(START + Duration.ofMillis(millis).toNanos());
  }
}
