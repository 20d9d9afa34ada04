package meower.program.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RetryPlanTests {

  private static final List<Duration> USUAL =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(4),
          Duration.ofHours(8),
          Duration.ofHours(12),
          Duration.ofHours(24));

  private final PushProperties properties =
      new Binder(new MapConfigurationPropertySource())
          .bindOrCreate("meower.push", PushProperties.class);

  @Test
  void waitsFrom5SecondsTo24Hours() {
    assertThat(properties.retryDelays()).isEqualTo(USUAL);
    assertThat(properties.probes().firstProbe()).isEqualTo(Duration.ofSeconds(1));
    assertThat(properties.probes().longestProbe()).isEqualTo(Duration.ofMinutes(5));
    assertThat(properties.probes().giveUpAfter()).isEqualTo(Duration.ofDays(3));
  }

  @Test
  void aFifthOfTheWaitIsChance() {
    RetryPlan plan = new RetryPlan(USUAL);
    Random random = new Random(1);
    for (int delivery = 1; delivery <= USUAL.size(); delivery++) {
      int number = delivery;
      long usual = USUAL.get(delivery - 1).toMillis();
      long[] waits =
          IntStream.range(0, 1000)
              .mapToLong(_ -> plan.delay(number, random).toMillis())
              .sorted()
              .toArray();
      assertThat(waits[0]).isBetween(usual * 80 / 100, usual * 81 / 100);
      assertThat(waits[999]).isBetween(usual * 119 / 100, usual * 120 / 100);
    }
  }

  @Test
  void theLastWaitCountsForAllFurtherOnes() {
    assertThat(new RetryPlan(USUAL).delay(900, new Random(1)))
        .isBetween(Duration.ofHours(19), Duration.ofHours(29));
  }
}
