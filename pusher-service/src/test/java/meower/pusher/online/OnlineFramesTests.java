package meower.pusher.online;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OnlineFramesTests {

  private static final long INTERVAL = OnlineFrames.INTERVAL.toNanos();

  private long now = -7;
  private int count = 3;
  private final OnlineFrames frames = new OnlineFrames(true, () -> count, () -> now);

  @Test
  void tellsAtOnceAndThenOnlyWhatIsNew() {
    assertThat(frames.isDue()).isTrue();
    assertThat(frames.next()).hasValue(3);
    assertThat(frames.next()).isEmpty();
    now += 10 * INTERVAL;
    assertThat(frames.isDue()).isFalse();
    assertThat(frames.next()).isEmpty();
    count = 4;
    assertThat(frames.isDue()).isTrue();
    assertThat(frames.next()).hasValue(4);
  }

  @Test
  void tellsNotMoreOftenThanEveryFiveSeconds() {
    frames.next();
    count = 4;
    now += INTERVAL - 1;
    assertThat(frames.isDue()).isFalse();
    assertThat(frames.next()).isEmpty();
    now += 1;
    assertThat(frames.next()).hasValue(4);
    count = 5;
    assertThat(frames.next()).isEmpty();
  }

  @Test
  void tellsNothingToWhoDoesNotAsk() {
    OnlineFrames silent = new OnlineFrames(false, () -> count, () -> now);
    assertThat(silent.isDue()).isFalse();
    assertThat(silent.next()).isEmpty();
  }
}
