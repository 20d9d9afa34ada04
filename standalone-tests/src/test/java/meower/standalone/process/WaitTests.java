package meower.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitTests {

  private static final Duration SHORTLY = Duration.ofMillis(120);

  @Test
  void looksAgainUntilTheConditionHolds() {
    var looks = new AtomicInteger();

    assertThat(Wait.upTo(Duration.ofHours(1), () -> looks.incrementAndGet() == 3)).isTrue();
    assertThat(looks).hasValue(3);
  }

  @Test
  void endsWithTheTimeout() {
    assertThat(Wait.upTo(SHORTLY, () -> false)).isFalse();
  }

  @Test
  void looksOnceThoughThereIsNoTime() {
    assertThat(Wait.upTo(Duration.ZERO, () -> true)).isTrue();
  }

  @Test
  void throwsWhatItWasGivenWhenTheTimeoutIsOver() {
    var failure = new ServerFailedException("late", List.of());

    assertThatThrownBy(() -> Wait.until(() -> false, SHORTLY, () -> failure)).isSameAs(failure);
  }
}
