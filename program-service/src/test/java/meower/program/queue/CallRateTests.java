package meower.program.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallRateTests {

  private final AtomicLong now = new AtomicLong();
  private final CallRate rate = new CallRate(10, now::get);

  @Test
  void allowsASecondsCallsAtOnceAndThenAsTheyAreEarned() {
    assertThat(allowed(100)).isEqualTo(10);
    now.addAndGet(500_000_000);
    assertThat(allowed(100)).isEqualTo(5);
    now.addAndGet(60_000_000_000L);
    assertThat(allowed(100)).isEqualTo(10);
  }

  @Test
  void doesNotMakeWhoGoesOnCallingWaitForLonger() {
    allowed(10_000);
    now.addAndGet(100_000_001);
    assertThat(allowed(100)).isEqualTo(1);
  }

  @Test
  void countsEachProgramByItself() {
    allowed(100);
    assertThat(rate.allows("other")).isTrue();
  }

  private long allowed(int calls) {
    return IntStream.range(0, calls).filter(_ -> rate.allows("eager")).count();
  }
}
