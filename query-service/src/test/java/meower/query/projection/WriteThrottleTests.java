package meower.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WriteThrottleTests {

  private static final int LIMIT = 2_000;

  private long now = Long.MAX_VALUE - 1;
  private final WriteThrottle throttle = new WriteThrottle(Duration.ofMillis(50), () -> now);

  @Test
  void writesTheFirstAtOnce() {
    assertThat(throttle.delay()).isZero();
  }

  @Test
  void waitsForTheRestOfTheIntervalSinceTheLastWriteBegan() {
    throttle.onWrite(WriteThrottle.BUSY_BATCH - 1, LIMIT);
    passes(Duration.ofMillis(20));

    assertThat(throttle.delay()).isEqualTo(Duration.ofMillis(30));
  }

  @Test
  void waitsForLongerWhenManyCome() {
    throttle.onWrite(WriteThrottle.BUSY_BATCH, LIMIT);
    passes(Duration.ofMillis(20));

    assertThat(throttle.delay()).isEqualTo(Duration.ofMillis(180));
  }

  @Test
  void writesAtOnceAfterAQuietMoment() {
    throttle.onWrite(WriteThrottle.BUSY_BATCH - 1, LIMIT);
    passes(Duration.ofSeconds(1));

    assertThat(throttle.delay()).isNegative();
  }

  @Test
  void writesAtOnceWhileThereIsABacklog() {
    throttle.onWrite(1, LIMIT);
    throttle.onWrite(LIMIT, LIMIT);

    assertThat(throttle.delay()).isZero();
  }

  private void passes(Duration time) {
    now += time.toNanos();
  }
}
