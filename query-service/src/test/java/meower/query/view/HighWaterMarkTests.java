package meower.query.view;

import static org.assertj.core.api.Assertions.assertThat;

import meower.schema.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HighWaterMarkTests {

  @Test
  void isReachedByEverythingBeforeAnythingWasShown() {
    assertThat(HighWaterMark.NONE.isReachedBy(new Position("old", 0))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "old, 8, true, old, 8",
    "old, 7, true, old, 7",
    "old, 6, false, old, 7",
    "new, 1, true, new, 1",
  })
  void isPassedAndNeverLoweredWithinAnEpoch(
      String epoch, long sequence, boolean reached, String nextEpoch, long next) {
    HighWaterMark mark = HighWaterMark.NONE.advance(new Position("old", 7));
    Position shown = new Position(epoch, sequence);

    assertThat(mark.isReachedBy(shown)).isEqualTo(reached);
    assertThat(mark.advance(shown).position()).contains(new Position(nextEpoch, next));
  }
}
