package meower.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import meower.bench.lab.Comparison;
import meower.bench.lab.Statistics;

/**
 * The same comparison at several scales: what becomes of the figures as there is more of something.
 *
 * @param unit of what there is more
 * @param measure the figure
 * @param curves for each contender the figure by the size of the scale
 */
record Growth(
    String title,
    String unit,
    String measure,
    Map<String, NavigableMap<Integer, Statistics>> curves) {

  /** Returns one for each comparison that was made at several scales. */
  static List<Growth> of(List<Comparison.Outcome> outcomes) {
    Map<String, List<Comparison.Outcome>> byTitle = new LinkedHashMap<>();
    for (Comparison.Outcome outcome : outcomes) {
      if (outcome.scale().isPresent()) {
        byTitle.computeIfAbsent(outcome.title(), _ -> new ArrayList<>()).add(outcome);
      }
    }
    return byTitle.values().stream().filter(same -> same.size() > 1).map(Growth::joined).toList();
  }

  private static Growth joined(List<Comparison.Outcome> same) {
    Comparison.Outcome first = same.getFirst();
    Map<String, NavigableMap<Integer, Statistics>> curves = new LinkedHashMap<>();
    for (Comparison.Outcome outcome : same) {
      int size = outcome.scale().orElseThrow().size();
      for (String contender : outcome.samples().keySet()) {
        curves
            .computeIfAbsent(contender, _ -> new TreeMap<>())
            .put(size, outcome.figure(contender, first.measure()));
      }
    }
    return new Growth(first.title(), first.scale().orElseThrow().unit(), first.measure(), curves);
  }

  /** Returns the sizes at which anything was measured, from small to large. */
  List<Integer> sizes() {
    return curves.values().stream()
        .flatMap(curve -> curve.keySet().stream())
        .distinct()
        .sorted()
        .toList();
  }
}
