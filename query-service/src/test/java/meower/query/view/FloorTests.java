package meower.query.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import meower.schema.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloorTests {

  /** A clock that overflows soon: it may begin anywhere. */
  private static final long NOW = Long.MAX_VALUE - 1;

  @Test
  void isAskedForAtOnceWhenNothingIsKnown() {
    Floor floor = Floor.unknown(NOW);

    assertThat(floor.isGood(NOW)).isFalse();
    assertThat(floor.position()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 7, 7", "7, 9, 9", "7, 7, 7", "9, 7, 9", "9, 0, 9"})
  void neverGoesDown(long known, long told, long expected) {
    Floor floor = Floor.unknown(NOW).acknowledged("epoch", known, NOW);

    assertThat(floor.acknowledged("epoch", told, NOW).position())
        .contains(new Position("epoch", expected));
  }

  @ParameterizedTest
  @CsvSource({"0, true", "19, true", "20, false", "1000, false"})
  void isGoodForAMomentWhenAcknowledged(int millis, boolean good) {
    Floor floor = Floor.unknown(NOW).acknowledged("epoch", 7, NOW);

    assertThat(floor.isGood(NOW + Duration.ofMillis(millis).toNanos())).isEqualTo(good);
  }

  @ParameterizedTest
  @CsvSource({"0, true", "499, true", "500, false"})
  void isNotAskedForAgainAtOnceWhenThereWasNoAnswer(int millis, boolean good) {
    Floor floor = Floor.unknown(NOW).unanswered(NOW);

    assertThat(floor.isGood(NOW + Duration.ofMillis(millis).toNanos())).isEqualTo(good);
  }

  @Test
  void staysWhereItWasWhenThereIsNoAnswer() {
    Floor floor = Floor.unknown(NOW).acknowledged("epoch", 7, NOW);

    assertThat(floor.unanswered(NOW).position()).isEqualTo(Optional.of(new Position("epoch", 7)));
  }
}
