package meower.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meower.bench.lab.Comparison;
import meower.bench.lab.Sample;
import org.junit.jupiter.api.Test;

class ChartsTests {

  @Test
  void drawsABarOfItsLengthForEachContender() {
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    samples.put("Meower: <posts>", List.of(Sample.of("posts/s", 200), Sample.of("posts/s", 100)));
    samples.put("the others", List.of(Sample.of("posts/s", 50)));

    String svg = Charts.svg(new Comparison.Outcome("Posts & more", Optional.empty(), samples));

    // The longest line, to 200, takes the 420 units that there are.
    assertThat(svg)
        .contains("Posts &amp; more", "Meower: &lt;posts>", "the others", ">150<", ">50.0<")
        .contains("width=\"315.0\"", "width=\"105.0\"")
        .doesNotContain("<posts>");
  }
}
