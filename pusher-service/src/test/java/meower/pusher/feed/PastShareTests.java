package meower.pusher.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PastShareTests {

  private static final int RATE = 1_000;

  private final AtomicLong clock = new AtomicLong();
  private final PastShare share = new PastShare(RATE, clock::get);

  @Test
  void letsSomeGoAtOnce() {
    share.charge(PastShare.BURST * RATE);
    assertThat(share.pause()).isZero();
  }

  @Test
  void hasWhoeverTookMoreWaitForAsLongAsThatTakes() {
    share.charge((PastShare.BURST + 2) * RATE);
    assertThat(share.pause()).isEqualTo(Duration.ofSeconds(2));
    pass(1);
    assertThat(share.pause()).isEqualTo(Duration.ofSeconds(1));
    pass(1);
    assertThat(share.pause()).isZero();
  }

  @Test
  void savesUpNoMoreThanItBeganWith() {
    pass(1_000);
    share.charge((PastShare.BURST + 1) * RATE);
    assertThat(share.pause()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void letsOneConnectionAtATimeHaveAPageRead() throws Exception {
    assertThat(share.begin(Duration.ZERO)).isTrue();
    assertThat(share.begin(Duration.ZERO)).isFalse();
    share.end();
    assertThat(share.begin(Duration.ZERO)).isTrue();
  }

  private void pass(long seconds) {
    clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }
}
