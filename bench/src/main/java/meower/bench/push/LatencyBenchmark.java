package meower.bench.push;

import java.util.List;
import meower.bench.lab.Benchmark;
import meower.bench.lab.Comparison;
import meower.bench.lab.Lab;
import meower.bench.lab.Scale;
import meower.standalone.stack.Part;

/** How long a meow takes to where it is read: to the browsers, and into the search. */
public final class LatencyBenchmark implements Benchmark {

  private static final int BROWSERS = 1_000;

  @Override
  public List<Comparison.Outcome> run(Lab lab) throws Exception {
    int nginx = lab.ports().nginx();
    var time = lab.options().time();
    return List.of(
        lab.compare(
            "100 posts in a second, until they are at the browsers",
            new Scale(BROWSERS, "browsers"),
            List.of(
                new Latency(nginx, lab.ports().of(Part.PUSHER), lab.meowBroker(), BROWSERS, time))),
        lab.compare(
            "100 posts in a second, until they can be found",
            List.of(new Searchable(nginx, time))));
  }
}
