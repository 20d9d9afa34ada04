package meower.bench.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ComparisonTests {

  private final AtomicInteger measured = new AtomicInteger();

  @Test
  void warmsUpUntilNothingChangesAndMeasuresInTurn() throws Exception {
    Contender slowToWarm = contender("ours", 10, 20, 40, 41, 42, 42, 44);
    Contender warm = contender("theirs", 21, 21, 21, 21, 24);

    Comparison.Outcome outcome =
        new Comparison("both", Optional.empty(), List.of(slowToWarm, warm), 3).run(_ -> {});

    assertThat(outcome.figure("ours", "x")).isEqualTo(new Statistics(42, 42, 44));
    assertThat(outcome.figure("theirs", "x")).isEqualTo(new Statistics(21, 21, 24));
    assertThat(outcome.ratio("theirs")).isEqualTo(2);
  }

  @Test
  void endsToWarmUpWhatRisesForEver() throws Exception {
    new Comparison("one", Optional.empty(), List.of(counting(n -> Math.pow(2, n))), 1).run(_ -> {});

    assertThat(measured).hasValue(11);
  }

  @Test
  void endsToWarmUpWhatOnlyGoesUpAndDown() throws Exception {
    new Comparison("one", Optional.empty(), List.of(counting(n -> n % 2 == 0 ? 1 : 100)), 1)
        .run(_ -> {});

    assertThat(measured).hasValue(4);
  }

  private Contender counting(IntToDoubleFunction figure) {
    return new Contender() {
      @Override
      public String name() {
        return "wild";
      }

      @Override
      public Sample measure() {
        return Sample.of("x", figure.applyAsDouble(measured.incrementAndGet()));
      }
    };
  }

  private static Contender contender(String name, double... figures) {
    AtomicInteger next = new AtomicInteger();
    return new Contender() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Sample measure() {
        return Sample.of("x", figures[next.getAndIncrement()]);
      }
    };
  }
}
