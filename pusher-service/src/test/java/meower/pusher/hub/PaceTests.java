package meower.pusher.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTests {

  private static final Duration MOST = Duration.ofMillis(100);
  private static final int PROCESSORS = 2;

  private final AtomicLong clock = new AtomicLong();
  private final AtomicLong spent = new AtomicLong();
  private final Pace pace = pace(MOST);

  @Test
  void isNoneForTheFirstRound() {
    assertThat(pace.untilNext()).isNotPositive();
  }

  @ParameterizedTest
  @CsvSource({"0.05, 0.2", "1, 4", "5, 20", "50, 100", "1000, 100"})
  void isSlowerTheMoreARoundCosts(double costMillis, double apartMillis) {
    rounds(200, costMillis);

    assertThat(pace.untilNext() / 1e6).isCloseTo(apartMillis, within(apartMillis / 50));
  }

  @Test
  void letsWhatComesAfterSomeQuietGoAtOnce() {
    rounds(200, 5);
    clock.addAndGet(Duration.ofMillis(21).toNanos());

    assertThat(pace.untilNext()).isNotPositive();
  }

  /** As when thousands of browsers have come meanwhile. */
  @Test
  void isNotLongMisledByOneRoundThatCostMuch() {
    rounds(200, 1);
    rounds(1, 2_000);
    assertThat(pace.untilNext() / 1e6).isLessThan(20);
    rounds(20, 1);

    assertThat(pace.untilNext() / 1e6).isLessThan(6);
  }

  @Test
  void isNoneWhenItMayNotBe() {
    Pace none = pace(Duration.ZERO);
    spent.addAndGet(Duration.ofSeconds(1).toNanos());
    none.begin();

    assertThat(none.untilNext()).isNotPositive();
  }

  private void rounds(int count, double costMillis) {
    for (int i = 0; i < count; i++) {
      clock.addAndGet(Math.max(0, pace.untilNext()));
      spent.addAndGet((long) (costMillis * 1e6));
      pace.begin();
    }
  }

  private Pace pace(Duration most) {
    return new Pace(most, PROCESSORS, clock::get, spent::get);
  }
}
