package meower.program.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookUpRetryTests {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "1, 500, 1500",
    "2, 1000, 3000",
    "3, 2000, 6000",
    "6, 15000, 45000",
    "900, 15000, 45000"
  })
  void waitsTwiceAsLongEachTimeAndHalfOfItIsChance(long tries, long least, long most) {
    Random random = new Random(1);
    long[] waits =
        IntStream.range(0, 1000)
            .mapToLong(_ -> LookUpRetry.delay(tries, random).toMillis())
            .sorted()
            .toArray();
    assertThat(waits[0]).isBetween(least, least + (most - least) / 20);
    assertThat(waits[999]).isBetween(most - (most - least) / 20, most);
  }

  @Test
  void endsWithTenTriesOrAfterTenMinutes() {
    Instant almost = BEGIN.plus(Duration.ofMinutes(10)).minusMillis(1);
    assertThat(LookUpRetry.isOver(9, BEGIN, almost)).isFalse();
    assertThat(LookUpRetry.isOver(10, BEGIN, BEGIN)).isTrue();
    assertThat(LookUpRetry.isOver(1, BEGIN, almost.plusMillis(1))).isTrue();
  }
}
