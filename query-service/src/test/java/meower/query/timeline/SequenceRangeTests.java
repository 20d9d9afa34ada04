package meower.query.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceRangeTests {

  @Test
  void hasSoManySequencesOfOneEnd() {
    SequenceRange range = new SequenceRange(10, 100);

    assertThat(range.end(true, 5)).isEqualTo(new SequenceRange(10, 16));
    assertThat(range.end(false, 5)).isEqualTo(new SequenceRange(94, 100));
  }

  @Test
  void isItselfWhenItHasNoMore() {
    SequenceRange range = new SequenceRange(10, 16);

    assertThat(range.end(true, 5)).isSameAs(range);
    assertThat(range.end(false, 5)).isSameAs(range);
    assertThat(range.end(false, 4)).isNotSameAs(range);
  }
}
