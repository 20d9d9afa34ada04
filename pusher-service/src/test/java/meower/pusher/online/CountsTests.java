package meower.pusher.online;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CountsTests {

  private long now;
  private final Counts counts = new Counts(Duration.ofSeconds(15), () -> now);

  @Test
  void addsUpWhatEachSaidLast() {
    assertThat(counts.sum()).isZero();
    assertThat(counts.said("a", 3)).isTrue();
    assertThat(counts.said("b", 4)).isTrue();
    assertThat(counts.said("a", 1)).isFalse();
    assertThat(counts.sum()).isEqualTo(5);
    counts.said("b", 0);
    assertThat(counts.sum()).isOne();
  }

  @Test
  void forgetsWhoSaysNothing() {
    counts.said("a", 3);
    now = Duration.ofSeconds(10).toNanos();
    counts.said("b", 4);
    now = Duration.ofSeconds(15).toNanos() - 1;
    assertThat(counts.sum()).isEqualTo(7);
    now = Duration.ofSeconds(15).toNanos();
    assertThat(counts.sum()).isEqualTo(4);
    assertThat(counts.said("a", 2)).isTrue();
  }
}
