package meower.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTests {

  private static final int LIMIT = 2_000;

  private long now = Long.MAX_VALUE - 1;
  private final Pace pace = new Pace(Duration.ofMillis(50), () -> now);

  @Test
  void writesTheFirstAtOnce() {
    assertThat(pace.pause()).isZero();
  }

  @Test
  void waitsForTheRestOfTheIntervalSinceTheLastWriteBegan() {
    pace.writing(Pace.MANY - 1, LIMIT);
    passes(Duration.ofMillis(20));

    assertThat(pace.pause()).isEqualTo(Duration.ofMillis(30));
  }

  @Test
  void waitsForLongerWhenManyCome() {
    pace.writing(Pace.MANY, LIMIT);
    passes(Duration.ofMillis(20));

    assertThat(pace.pause()).isEqualTo(Duration.ofMillis(180));
  }

  @Test
  void writesAtOnceAfterAQuietMoment() {
    pace.writing(Pace.MANY - 1, LIMIT);
    passes(Duration.ofSeconds(1));

    assertThat(pace.pause()).isNegative();
  }

  @Test
  void writesAtOnceWhileThereIsABacklog() {
    pace.writing(1, LIMIT);
    pace.writing(LIMIT, LIMIT);

    assertThat(pace.pause()).isZero();
  }

  private void passes(Duration time) {
    now += time.toNanos();
  }
}
