package meower.bench.lab;

import java.util.List;

/** One subject of {@code ./meower bench}. */
public interface Benchmark {

  /** Measures Meower and its peers in turn. */
  List<Comparison.Outcome> run(Lab lab) throws Exception;
}
