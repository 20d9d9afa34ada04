package meower.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTests {

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // it may wrap
  private final RateLimit limit = new RateLimit(50, 100, clock::get);

  @Test
  void letsABurstThroughAndThenSoManyASecond() {
    assertThat(passed(200)).isEqualTo(100);

    clock.addAndGet(Duration.ofSeconds(1).toNanos());

    assertThat(passed(200)).isEqualTo(50);
  }

  @Test
  void savesNoMoreThanABurst() {
    clock.addAndGet(Duration.ofHours(1).toNanos());

    assertThat(passed(200)).isEqualTo(100);
  }

  private int passed(int tries) {
    int passed = 0;
    for (int i = 0; i < tries; i++) {
      passed += limit.tryPass() ? 1 : 0;
    }
    return passed;
  }
}
