package meower.bench.push.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTests {

  private final Tally tally = new Tally();

  @Test
  void countsWhatComesInOrder() {
    got(0, 1);
    got(1, 2);

    assertThat(tally.deliveries()).isEqualTo(2);
    assertThat(tally.wrong()).isZero();
  }

  @Test
  void noticesWhatIsLostDoubledOrOutOfOrder() {
    got(1, 3);
    got(3, 3);
    got(3, 2);

    assertThat(tally.wrong()).isEqualTo(3);
    assertThat(tally.firstWrong()).isEqualTo("meow 3 after 1");
  }

  private void got(long before, long number) {
    tally.got(before, Text.frame(number, System.nanoTime()), 0);
  }
}
