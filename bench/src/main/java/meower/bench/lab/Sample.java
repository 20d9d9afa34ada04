package meower.bench.lab;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one run of one contender measured.
 *
 * @param figures by their names, which carry the unit, like {@code p99 ms}; the first one is the
 *     one that contenders are compared by
 */
public record Sample(Map<String, Double> figures) {

  public Sample {
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("a sample without figures");
    }
    figures = new LinkedHashMap<>(figures);
  }

  public static Sample of(String name, double value) {
    return new Sample(Map.of(name, value));
  }

  /** Returns the sample with a further figure. */
  public Sample with(String name, double value) {
    Map<String, Double> more = new LinkedHashMap<>(figures);
    more.put(name, value);
    return new Sample(more);
  }

  /** Returns the figure that contenders are compared by. */
  double first() {
    return figures.values().iterator().next();
  }

  @Override
  public Map<String, Double> figures() {
    return new LinkedHashMap<>(figures);
  }
}
