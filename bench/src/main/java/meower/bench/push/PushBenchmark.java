package meower.bench.push;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import meower.bench.Benchmark;
import meower.bench.Comparison;
import meower.bench.Contender;
import meower.bench.Lab;
import meower.bench.Scale;
import meower.standalone.Part;
import meower.standalone.ProjectLayout;

/**
 * Meows to many browsers, beside what else pushes.
 *
 * <p>Without the services that have no part in it. The command service would take meows that others
 * put into its stream for a loss of its own.
 */
public final class PushBenchmark implements Benchmark {

  /** From here on the browsers are a crowd: it may take twice as long. */
  private static final int CROWD = 5_000;

  private static final int SLOW_RATE = 200;
  private static final int SLOW_BROWSERS = 1_000;

  @Override
  public List<Comparison.Outcome> run(Lab lab) throws Exception {
    List.of(Part.COMMAND, Part.QUERY, Part.ELASTICSEARCH).forEach(lab.stack()::stop);
    List<Comparison.Outcome> outcomes = new ArrayList<>();
    try (var nats = new NatsWebSocketServer(lab.peers(), lab.peerPort(0))) {
      nats.start();
      for (int browsers : lab.options().browsers()) {
        outcomes.add(rates(lab, nats, browsers));
        outcomes.add(idle(lab, nats, browsers));
      }
      outcomes.add(slow(lab));
    }
    return outcomes;
  }

  private static Comparison.Outcome rates(Lab lab, NatsWebSocketServer nats, int browsers)
      throws Exception {
    Duration p99 = Duration.ofMillis(browsers >= CROWD ? 500 : 250);
    var target = new PushContender.Target(browsers, p99, lab.options().time());
    int pusher = lab.ports().of(Part.PUSHER);
    int nginx = lab.ports().nginx();
    return lab.compare(
        "Push",
        new Scale(browsers, "browsers"),
        List.<Contender>of(
            MeowerPush.contender("Meower: the pusher", pusher, lab.natsUrl(), target),
            MeowerPush.contender("Meower: through nginx", nginx, lab.natsUrl(), target),
            NatsPush.contender(nats, target),
            NodePush.ws(nodePeers(), lab.peerPort(3), target),
            NodePush.socketIo(nodePeers(), lab.peerPort(4), target)));
  }

  private static Comparison.Outcome idle(Lab lab, NatsWebSocketServer nats, int browsers)
      throws Exception {
    return lab.compare(
        "Memory of browsers that wait",
        new Scale(browsers, "browsers"),
        List.of(
            new IdleBrowsers(
                "Meower: the pusher",
                () -> {
                  lab.stack().stop(Part.PUSHER);
                  lab.stack().start(Part.PUSHER);
                  return lab.stack().pid(Part.PUSHER).orElseThrow();
                },
                lab.ports().of(Part.PUSHER),
                "/pusher",
                MeowerProtocol::new,
                browsers),
            new IdleBrowsers(
                "nats-server",
                () -> {
                  nats.stop();
                  nats.start();
                  return nats.pid().orElseThrow();
                },
                nats.webSocketPort(),
                "/",
                () -> new NatsProtocol(NatsPush.SUBJECT),
                browsers)));
  }

  private static Comparison.Outcome slow(Lab lab) throws Exception {
    int pusher = lab.ports().of(Part.PUSHER);
    List<Contender> contenders = new ArrayList<>();
    for (int stopped : List.of(SLOW_BROWSERS / 100, 0)) {
      contenders.add(
          new SteadyPush(
              "Meower: " + (stopped == 0 ? "all read" : stopped + " of them stop reading"),
              pusher,
              () -> MeowerPush.publisher(lab.natsUrl()),
              new SteadyPush.Load(SLOW_BROWSERS, stopped, SLOW_RATE, lab.options().time()),
              () -> lab.stack().pid(Part.PUSHER).orElseThrow()));
    }
    return lab.compare(
        SLOW_RATE + " meows in a second, and some stop reading",
        new Scale(SLOW_BROWSERS, "browsers"),
        contenders);
  }

  private static Path nodePeers() {
    return ProjectLayout.find().root().resolve("bench/peers");
  }
}
