package meower.bench.push;

import java.util.List;
import meower.bench.lab.Benchmark;
import meower.bench.lab.Comparison;
import meower.bench.lab.Lab;
import meower.bench.lab.Scale;
import meower.standalone.stack.Part;

/** How soon what is deleted is gone, and how much can be deleted. */
public final class ReachBenchmark implements Benchmark {

  private static final int BROWSERS = 1_000;

  @Override
  public List<Comparison.Outcome> run(Lab lab) throws Exception {
    int nginx = lab.ports().nginx();
    var time = lab.options().time();
    return List.of(
        lab.compare(
            "10 deletions and 100 posts in a second, until the browsers are told",
            new Scale(BROWSERS, "browsers"),
            List.of(
                new Reach(nginx, lab.ports().of(Part.PUSHER), lab.meowBroker(), BROWSERS, time))),
        lab.compare(
            "deletions in a second, 64 connections",
            List.of(new Deleting(nginx, lab.meowBroker(), time))));
  }
}
