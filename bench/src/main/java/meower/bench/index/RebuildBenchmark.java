package meower.bench.index;

import java.util.List;
import meower.bench.lab.Benchmark;
import meower.bench.lab.Comparison;
import meower.bench.lab.Lab;
import meower.bench.post.Filling;
import meower.standalone.stack.Part;

/** A rebuild of the index, beside the bare bulk requests of the same documents. */
public final class RebuildBenchmark implements Benchmark {

  @Override
  public List<Comparison.Outcome> run(Lab lab) throws Exception {
    Filling.fill(lab);
    String elasticsearch = "http://127.0.0.1:" + lab.ports().of(Part.ELASTICSEARCH);
    try (BareBulk bulk = new BareBulk(elasticsearch)) {
      return List.of(
          lab.compare(
              "Rebuild of the index",
              lab.meows(),
              List.of(lab.costedByMeow(new Rebuild(lab.natsUrl())), lab.costedByMeow(bulk))));
    }
  }
}
