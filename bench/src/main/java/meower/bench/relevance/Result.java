package meower.bench.relevance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * How good the answers of a search are, on average over the queries.
 *
 * @param scores at least one
 */
record Result(String engine, List<Score> scores) {

  Result {
    if (scores.isEmpty()) {
      throw new IllegalArgumentException("nothing was asked");
    }
    scores = List.copyOf(scores);
  }

  double recall() {
    return average(Score::recall);
  }

  double precision() {
    return average(Score::precision);
  }

  double meanReciprocalRank() {
    return average(Score::reciprocalRank);
  }

  List<Violation> violations() {
    return scores.stream().flatMap(score -> score.violations().stream()).toList();
  }

  /** Returns the results for each kind of query, in the order of the queries. */
  Map<String, Result> byKind() {
    Map<String, List<Score>> kinds =
        scores.stream()
            .collect(
                Collectors.groupingBy(
                    score -> score.query().kind(), LinkedHashMap::new, Collectors.toList()));
    Map<String, Result> results = new LinkedHashMap<>();
    kinds.forEach((kind, some) -> results.put(kind, new Result(engine, some)));
    return results;
  }

  private double average(ToDoubleFunction<Score> figure) {
    return scores.stream().mapToDouble(figure).average().orElseThrow();
  }
}
