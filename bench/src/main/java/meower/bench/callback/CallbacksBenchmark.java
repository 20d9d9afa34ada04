package meower.bench.callback;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import meower.bench.lab.Benchmark;
import meower.bench.lab.Comparison;
import meower.bench.lab.Contender;
import meower.bench.lab.Lab;
import meower.bench.program.Program;

/** Queues with push: how many calls, and whether one dead receiver delays the others. */
public final class CallbacksBenchmark implements Benchmark {

  @Override
  public List<Comparison.Outcome> run(Lab lab) throws Exception {
    Duration time = lab.options().time();
    try (Program program = Program.add(lab)) {
      return List.of(
          lab.compare(
              "Calls to a receiver on loopback",
              List.of(lab.costed(new CallRate(program, time)), new BareCalls(time))),
          lab.compare(
              CallDelay.RATE + " messages in a second, until the receiver is called",
              Stream.of(Neighbour.values())
                  .<Contender>map(neighbour -> new CallDelay(program, neighbour, time))
                  .toList()));
    }
  }
}
