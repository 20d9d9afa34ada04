package meower.bench.lab;

import java.util.Arrays;
import java.util.Collection;

/** The middle of some values and how far they are apart. */
public record Statistics(double median, double least, double most) {

  /**
   * @throws IllegalArgumentException without values
   */
  static Statistics of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no values");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Statistics(median, sorted[0], Arrays.stream(sorted).max().orElseThrow());
  }

  /** Returns how far the values are apart, as a part of the median. */
  double spread() {
    return median == 0 ? 0 : (most - least) / median;
  }
}
