package meower.bench.start;

import java.util.List;
import meower.bench.lab.Benchmark;
import meower.bench.lab.Comparison;
import meower.bench.lab.Lab;

/** The start of everything, and the memory that it takes when nothing happens. */
public final class StartBenchmark implements Benchmark {

  @Override
  public List<Comparison.Outcome> run(Lab lab) throws Exception {
    return List.of(lab.compare("Start of the whole stack", List.of(new Start(lab.stack()))));
  }
}
