package meower.bench.post;

import java.time.Duration;
import java.util.List;
import meower.bench.lab.Benchmark;
import meower.bench.lab.Comparison;
import meower.bench.lab.Lab;
import meower.bench.post.peer.Tutorial;
import meower.bench.program.Program;
import meower.bench.push.peer.NatsWebSocketServer;
import meower.standalone.stack.Part;

/**
 * Durable posts through nginx, beside what a tutorial would have written and pgbench, all in the
 * same PostgreSQL; and over sockets.
 */
public final class PostBenchmark implements Benchmark {

  private static final int CONNECTIONS = 64;

  /** What the peer has answered before it is measured, so that its code is warm, too. */
  private static final int WARM_UP = 20_000;

  @Override
  public List<Comparison.Outcome> run(Lab lab) throws Exception {
    Filling.fill(lab);
    return List.of(overHttp(lab), overSockets(lab));
  }

  private static Comparison.Outcome overHttp(Lab lab) throws Exception {
    Duration time = lab.options().time();
    try (var nats = new NatsWebSocketServer(lab.peers(), lab.peerPort(0))) {
      nats.start();
      int port = lab.peerPort(3);
      Tutorial tutorial = new Tutorial(lab.peers(), lab.database(Part.COMMAND), nats.url(), port);
      tutorial.begin();
      try {
        Posts peer = Posts.to("a tutorial's service, directly", port, CONNECTIONS, time);
        peer.fill(WARM_UP);
        return lab.compare(
            "Durable posts, " + CONNECTIONS + " connections",
            lab.meows(),
            List.of(
                lab.costed(new Posts(lab.ports().nginx(), CONNECTIONS, time)),
                peer,
                new PgBench(lab.database(Part.COMMAND), CONNECTIONS, time)));
      } finally {
        tutorial.end();
      }
    }
  }

  private static Comparison.Outcome overSockets(Lab lab) throws Exception {
    Duration time = lab.options().time();
    try (Program program = Program.add(lab)) {
      return lab.compare(
          "Durable posts, over " + Sockets.SOCKETS + " sockets",
          lab.meows(),
          List.of(
              lab.costed(new Sockets(program, time)),
              lab.costed(new Posts(lab.ports().nginx(), CONNECTIONS, time))));
    }
  }
}
