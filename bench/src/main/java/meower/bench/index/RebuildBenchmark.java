package meower.bench.index;

import java.util.List;
import meower.bench.lab.Benchmark;
import meower.bench.lab.Comparison;
import meower.bench.lab.Lab;
import meower.bench.post.Filling;

/** A rebuild of the index, beside the bare bulk requests of the same documents. */
public final class RebuildBenchmark implements Benchmark {

  @Override
  public List<Comparison.Outcome> run(Lab lab) throws Exception {
    Filling.fill(lab);
    try (BareBulk bulk = new BareBulk(lab.elasticsearch())) {
      return List.of(
          lab.compare(
              "Rebuild of the index",
              lab.meows(),
              List.of(
                  lab.costedByMeow(new Rebuild(lab.operatorsBroker())), lab.costedByMeow(bulk))));
    }
  }
}
