package meower.bench.push;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import meower.bench.lab.Benchmark;
import meower.bench.lab.Comparison;
import meower.bench.lab.Contender;
import meower.bench.lab.Lab;
import meower.bench.lab.Scale;
import meower.bench.push.client.Way;
import meower.bench.push.peer.BareWriter;
import meower.bench.push.peer.NatsPush;
import meower.bench.push.peer.NatsWebSocketServer;
import meower.standalone.stack.Part;

/**
 * Meows at a steady rate to 1,000 browsers: one by one, and when some of them stop reading.
 *
 * <p>Without the services that have no part in it, as in {@link PushBenchmark}.
 */
public final class SteadyBenchmark implements Benchmark {

  private static final int BROWSERS = 1_000;
  private static final int RATE = 100;

  /** In a few seconds this is more than the buffers of those who have stopped can take. */
  private static final int FAST_RATE = 2_000;

  @Override
  public List<Comparison.Outcome> run(Lab lab) throws Exception {
    PushBenchmark.stopOthers(lab);
    try (var nats = new NatsWebSocketServer(lab.peers(), lab.peerPort(0))) {
      nats.start();
      return List.of(one(lab, nats), slow(lab));
    }
  }

  /** At a rate at which meows go out one by one: what a write and a read for each cost. */
  private static Comparison.Outcome one(Lab lab, NatsWebSocketServer nats) throws Exception {
    var load = new SteadyPush.Load(BROWSERS, 0, RATE, lab.options().time());
    Stream<Way> ways =
        Stream.of(PushBenchmark.pusher(lab), NatsPush.way(nats), BareWriter.way(lab.peerPort(5)));
    return lab.compare(
        RATE + " meows in a second",
        new Scale(BROWSERS, "browsers"),
        ways.<Contender>map(way -> new SteadyPush(way, load, Optional.empty())).toList());
  }

  private static Comparison.Outcome slow(Lab lab) throws Exception {
    List<Contender> contenders = new ArrayList<>();
    for (int stopped : List.of(BROWSERS / 100, 0)) {
      contenders.add(
          new SteadyPush(
              PushBenchmark.pusher(lab)
                  .named("Meower: " + (stopped == 0 ? "all" : "all but " + stopped) + " read"),
              new SteadyPush.Load(BROWSERS, stopped, FAST_RATE, lab.options().time()),
              Optional.of(() -> lab.stack().pid(Part.PUSHER).orElseThrow())));
    }
    return lab.compare(
        FAST_RATE + " meows in a second, and some stop reading",
        new Scale(BROWSERS, "browsers"),
        contenders);
  }
}
