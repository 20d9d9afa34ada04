package meower.bench.relevance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meower.bench.lab.Benchmark;
import meower.bench.lab.Comparison;
import meower.bench.lab.Lab;
import meower.bench.lab.Sample;
import meower.bench.lab.Scale;

/** What searches find, beside what readers expect: Meower's, and Elasticsearch's own. */
public final class RelevanceBenchmark implements Benchmark {

  @Override
  public List<Comparison.Outcome> run(Lab lab) throws Exception {
    Judgements judgements = Judgements.read();
    List<Result> results =
        new Contest(judgements, lab::say).run(lab.ports().nginx(), lab.elasticsearch());
    Report.of(results).forEach(lab::say);
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    for (Result result : results) {
      samples.put(result.engine(), List.of(sample(result)));
    }
    Scale scale = new Scale(judgements.texts().size(), "texts");
    return List.of(new Comparison.Outcome("Relevance", Optional.of(scale), samples));
  }

  private static Sample sample(Result result) {
    return Sample.of("recall", result.recall())
        .with("precision at 10", result.precision())
        .with("MRR", result.meanReciprocalRank())
        .with("violations", result.violations().size());
  }
}
