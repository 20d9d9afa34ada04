package meower.bench.presence;

import java.time.Duration;
import java.util.List;
import meower.bench.lab.Benchmark;
import meower.bench.lab.Comparison;
import meower.bench.lab.Lab;
import meower.bench.program.Program;
import meower.standalone.demo.StatusApi;

/** Presence: sightings at a steady rate, each looked up at an API that takes seconds. */
public final class PresenceBenchmark implements Benchmark {

  private static final Duration SHORTEST = Duration.ofMillis(300);
  private static final Duration LONGEST = Duration.ofMillis(4_300);

  @Override
  public List<Comparison.Outcome> run(Lab lab) throws Exception {
    try (Program program = Program.add(lab);
        StatusApi status = new StatusApi(0, SHORTEST, LONGEST)) {
      return List.of(
          lab.compare(
              SightingLoad.RATE + " sightings in a second, look-ups of 0.3 to 4.3 s",
              List.of(new SightingLoad(lab, program, status))));
    }
  }
}
