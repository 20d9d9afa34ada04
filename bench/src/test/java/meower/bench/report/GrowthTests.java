package meower.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meower.bench.lab.Comparison;
import meower.bench.lab.Sample;
import meower.bench.lab.Scale;
import meower.bench.lab.Statistics;
import org.junit.jupiter.api.Test;

class GrowthTests {

  private final Comparison.Outcome few = outcome("Reads", 10, 400, 100);
  private final Comparison.Outcome many = outcome("Reads", 1_000, 300, 50);

  @Test
  void joinsWhatWasMeasuredAtSeveralScales() {
    Comparison.Outcome once = outcome("Writes", 10, 1, 1);
    Comparison.Outcome nowhere =
        new Comparison.Outcome("Start", Optional.empty(), Map.of("Meower", List.of(sample(1))));

    List<Growth> grown = Growth.of(List.of(few, once, nowhere, many));

    assertThat(grown).hasSize(1);
    assertThat(grown.getFirst().title()).isEqualTo("Reads");
    assertThat(grown.getFirst().sizes()).containsExactly(10, 1_000);
    assertThat(medians(grown.getFirst(), "Meower")).containsExactly(400.0, 300.0);
    assertThat(medians(grown.getFirst(), "the <others>")).containsExactly(100.0, 50.0);
  }

  @Test
  void drawsALineForEachContender() {
    String svg = Curves.svg(Growth.of(List.of(few, many)).getFirst());

    // From 0 at 280 to 400, the most there is, at 60.
    assertThat(svg)
        .contains("points=\"120.0,60.0 500.0,115.0\"", "points=\"120.0,225.0 500.0,252.5\"")
        .contains(">10<", ">1,000<", ">400<", "the &lt;others>", "x/s by meows, median")
        .doesNotContain("<others>");
  }

  private static List<Double> medians(Growth growth, String contender) {
    return growth.curves().entrySet().stream()
        .filter(curve -> curve.getKey().equals(contender))
        .flatMap(curve -> curve.getValue().values().stream())
        .map(Statistics::median)
        .toList();
  }

  private static Comparison.Outcome outcome(String title, int size, double ours, double theirs) {
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    samples.put("Meower", List.of(sample(ours)));
    samples.put("the <others>", List.of(sample(theirs)));
    return new Comparison.Outcome(title, Optional.of(new Scale(size, "meows")), samples);
  }

  private static Sample sample(double value) {
    return Sample.of("x/s", value);
  }
}
