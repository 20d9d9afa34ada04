package meower.pusher.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FloodTests {

  private final AtomicLong clock = new AtomicLong();
  private final Flood flood = new Flood(Flood.MOST_FRAMES, clock::get);

  @Test
  void isMoreInAPeriodThanAnybodyNeeds() {
    assertThat(flood.isAt(Flood.MOST_FRAMES)).isFalse();
    assertThat(flood.isAt(Flood.MOST_FRAMES + 1)).isTrue();
  }

  @Test
  void isNotWhatComesInALongTime() {
    for (int i = 1; i < 100; i++) {
      clock.addAndGet(Flood.PERIOD.toNanos());
      assertThat(flood.isAt((long) i * Flood.MOST_FRAMES)).isFalse();
    }
  }

  @Test
  void isNoticedWhenSomebodyLooksLate() {
    clock.addAndGet(Flood.PERIOD.toNanos());
    assertThat(flood.isAt(10L * Flood.MOST_FRAMES)).isTrue();
  }
}
