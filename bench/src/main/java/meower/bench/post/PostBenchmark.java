package meower.bench.post;

import java.util.List;
import meower.bench.lab.Benchmark;
import meower.bench.lab.Comparison;
import meower.bench.lab.Lab;
import meower.bench.program.Program;
import meower.standalone.stack.Part;

/** Durable posts through nginx, beside pgbench in the same PostgreSQL; and over sockets. */
public final class PostBenchmark implements Benchmark {

  private static final int CONNECTIONS = 64;

  @Override
  public List<Comparison.Outcome> run(Lab lab) throws Exception {
    Filling.fill(lab);
    var time = lab.options().time();
    try (Program program = Program.add(lab)) {
      return List.of(
          lab.compare(
              "Durable posts, " + CONNECTIONS + " connections",
              lab.meows(),
              List.of(
                  lab.costed(new Posts(lab.ports().nginx(), CONNECTIONS, time)),
                  new PgBench(lab.database(Part.COMMAND), CONNECTIONS, time))),
          lab.compare(
              "Durable posts, over " + Sockets.SOCKETS + " sockets",
              lab.meows(),
              List.of(
                  lab.costed(new Sockets(program, time)),
                  lab.costed(new Posts(lab.ports().nginx(), CONNECTIONS, time)))));
    }
  }
}
