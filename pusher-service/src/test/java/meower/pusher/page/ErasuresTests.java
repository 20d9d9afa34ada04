package meower.pusher.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ErasuresTests {

  private final AtomicLong now = new AtomicLong();
  private final Erasures erasures = new Erasures(now::get);

  @Test
  void keepsASequenceForTenMinutesWhateverComesMeanwhile() {
    pass(Duration.ofMinutes(9));
    erasures.add(List.of(5L));
    for (int second = 0; second < 600; second++) {
      pass(Duration.ofSeconds(1));
      erasures.add(List.of(1_000L + second));
    }

    assertThat(erasures.contains(5)).isTrue();
    assertThat(erasures.contains(6)).isFalse();
  }

  @Test
  void forgetsWhatTheStreamHasErasedLongAgo() {
    erasures.add(List.of(5L));
    pass(Erasures.KEPT);
    erasures.add(List.of(6L));
    pass(Erasures.KEPT);
    erasures.add(List.of(7L));

    assertThat(erasures.contains(5)).isFalse();
    assertThat(erasures.contains(6)).isTrue();
    assertThat(erasures.contains(7)).isTrue();
  }

  @Test
  void holdsNoMoreThanItHasRoomForAndTheNewestOfThem() {
    for (long sequence = 1; sequence <= 3L * Erasures.MOST; sequence++) {
      erasures.add(List.of(sequence));
    }

    assertThat(erasures.contains(1)).isFalse();
    assertThat(erasures.contains(Erasures.MOST)).isFalse();
    assertThat(erasures.contains(2L * Erasures.MOST + 1)).isTrue();
    assertThat(erasures.contains(3L * Erasures.MOST)).isTrue();
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
