package meower.pusher.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import meower.pusher.frame.Frame;
import meower.pusher.frame.WireFrame;
import org.junit.jupiter.api.Test;

class PageTests {

  private static final Page PAGE =
      new Page(1024, 2048, List.of(frame(0, 1025), frame(1, 1027), frame(2, 2048)));

  @Test
  void hasTheMeowsAfterTheSequenceAtWhichItStarts() {
    assertThat(Page.numberAfter(0)).isZero();
    assertThat(Page.numberAfter(Page.SIZE - 1)).isZero();
    assertThat(Page.numberAfter(Page.SIZE)).isEqualTo(1);
    assertThat(Page.start(1)).isEqualTo(Page.SIZE);
  }

  @Test
  void handsOutWhatComesAfterASequence() {
    assertThat(sequences(1024, 10)).containsExactly(1025L, 1027L, 2048L);
    assertThat(sequences(1025, 10)).containsExactly(1027L, 2048L);
    assertThat(sequences(1026, 10)).containsExactly(1027L, 2048L);
    assertThat(sequences(2047, 10)).containsExactly(2048L);
    assertThat(sequences(2048, 10)).isEmpty();
  }

  @Test
  void handsOutNoMoreThanItIsAskedFor() {
    assertThat(sequences(1024, 2)).containsExactly(1025L, 1027L);
  }

  private static List<Long> sequences(long after, int most) {
    return PAGE.after(after, most).stream().map(Frame::sequence).toList();
  }

  private static Frame frame(long offset, long sequence) {
    return new Frame(offset, sequence, WireFrame.of("meow " + sequence), List.of());
  }
}
