package meower.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.ksuid.Ksuid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MeowIdGeneratorTests {

  private static final Instant NOW = Instant.parse("2026-11-21T03:45:10.123456789Z");

  private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

  @Test
  void makesIdsWhoseTimeEveryKsuidToolReads() {
    MeowId id = generatorAt(NOW).next();

    assertThat(Ksuid.fromString(id.value()).getInstant())
        .isEqualTo(Instant.parse("2026-11-21T03:45:10Z"));
  }

  @Test
  void sortsIdsOfOneSecondByTheirTime() {
    List<String> ids =
        IntStream.range(0, 1000)
            .mapToObj(i -> generatorAt(NOW.plus(Duration.ofNanos(i * 500_000L))).next().value())
            .toList();

    assertThat(ids).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void isStrictlyIncreasingWhileTheClockStandsStill() {
    MeowIdGenerator generator = generatorAt(NOW);

    List<String> ids = Stream.generate(() -> generator.next().value()).limit(10_000).toList();

    assertThat(ids).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void isStrictlyIncreasingWhenTheClockStepsBack() {
    AtomicReference<Instant> time = new AtomicReference<>(NOW);
    MeowIdGenerator generator = new MeowIdGenerator(new SettableClock(time), random);

    MeowId before = generator.next();
    time.set(NOW.minusSeconds(3600));
    MeowId after = generator.next();

    assertThat(after.value()).isGreaterThan(before.value());
  }

  @Test
  void isStrictlyIncreasingWhenManyThreadsAsk() {
    MeowIdGenerator generator = generatorAt(NOW);

    List<String> ids =
        IntStream.range(0, 10_000).parallel().mapToObj(_ -> generator.next().value()).toList();

    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void differsBetweenProcessesOfTheSameInstant() {
    assertThat(generatorAt(NOW).next()).isNotEqualTo(generatorAt(NOW).next());
  }

  private MeowIdGenerator generatorAt(Instant instant) {
    return new MeowIdGenerator(Clock.fixed(instant, ZoneOffset.UTC), random);
  }

  private static final class SettableClock extends Clock {

    private final AtomicReference<Instant> time;

    SettableClock(AtomicReference<Instant> time) {
      this.time = time;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return time.get();
    }
  }
}
