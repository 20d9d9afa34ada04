package meower.bench.push;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import meower.bench.lab.Benchmark;
import meower.bench.lab.Comparison;
import meower.bench.lab.Contender;
import meower.bench.lab.Lab;
import meower.bench.lab.Scale;
import meower.bench.push.client.Way;
import meower.bench.push.peer.BareWriter;
import meower.bench.push.peer.MeowerPush;
import meower.bench.push.peer.NatsPush;
import meower.bench.push.peer.NatsWebSocketServer;
import meower.bench.push.peer.NodePush;
import meower.bench.push.peer.SocketProxy;
import meower.standalone.stack.Part;
import meower.standalone.stack.ProjectLayout;

/**
 * As many meows as possible to many browsers, beside what else pushes.
 *
 * <p>Without the services that have no part in it. The command service would take meows that others
 * put into its stream for a loss of its own.
 */
public final class PushBenchmark implements Benchmark {

  /** From here on the browsers are a crowd: it may take twice as long. */
  private static final int CROWD = 5_000;

  /**
   * Each takes two of the 20,000 connections that a process of nginx has ({@code
   * worker_connections}), and one of them may get them all.
   */
  private static final int MOST_THROUGH_NGINX = 10_000;

  @Override
  public List<Comparison.Outcome> run(Lab lab) throws Exception {
    stopOthers(lab);
    List<Comparison.Outcome> outcomes = new ArrayList<>();
    try (var nats = new NatsWebSocketServer(lab.peers(), lab.peerPort(0))) {
      nats.start();
      for (int browsers : lab.options().browsers()) {
        outcomes.add(rates(lab, nats, browsers));
        if (browsers <= MOST_THROUGH_NGINX) {
          outcomes.add(ratesThroughNginx(lab, nats, browsers));
        }
        outcomes.add(idle(lab, nats, browsers));
      }
    }
    return outcomes;
  }

  static void stopOthers(Lab lab) {
    List.of(Part.COMMAND, Part.QUERY, Part.ELASTICSEARCH).forEach(lab.stack()::stop);
  }

  /** The highest rate at which all is well. */
  private static Comparison.Outcome rates(Lab lab, NatsWebSocketServer nats, int browsers)
      throws Exception {
    PushContender.Target target = target(lab, browsers);
    return lab.compare(
        "Push",
        new Scale(browsers, "browsers"),
        contenders(
            target,
            List.of(
                pusher(lab),
                NatsPush.way(nats),
                NodePush.ws(nodePeers(), lab.peerPort(3)),
                NodePush.socketIo(nodePeers(), lab.peerPort(4)),
                BareWriter.way(lab.peerPort(5)))));
  }

  /** The same where people come in. */
  private static Comparison.Outcome ratesThroughNginx(
      Lab lab, NatsWebSocketServer nats, int browsers) throws Exception {
    try (var nginx = new SocketProxy(lab.peers(), lab.peerPort(6), NatsPush.way(nats))) {
      nginx.start();
      return lab.compare(
          "Push through nginx",
          new Scale(browsers, "browsers"),
          contenders(
              target(lab, browsers),
              List.of(
                  MeowerPush.way("Meower: through nginx", lab.ports().nginx(), lab.meowBroker()),
                  nginx.way())));
    }
  }

  private static PushContender.Target target(Lab lab, int browsers) {
    Duration p99 = Duration.ofMillis(browsers >= CROWD ? 500 : 250);
    return new PushContender.Target(browsers, p99, lab.options().time());
  }

  private static List<Contender> contenders(PushContender.Target target, List<Way> ways) {
    return ways.stream().<Contender>map(way -> new PushContender(way, target)).toList();
  }

  private static Comparison.Outcome idle(Lab lab, NatsWebSocketServer nats, int browsers)
      throws Exception {
    return lab.compare(
        "Memory of browsers that wait",
        new Scale(browsers, "browsers"),
        List.of(
            new IdleBrowsers(pusher(lab), freshPusher(lab), browsers),
            new IdleBrowsers(NatsPush.way(nats), freshNats(nats), browsers)));
  }

  static LongSupplier freshPusher(Lab lab) {
    return () -> {
      lab.stack().stop(Part.PUSHER);
      lab.stack().start(Part.PUSHER);
      return lab.stack().pid(Part.PUSHER).orElseThrow();
    };
  }

  static LongSupplier freshNats(NatsWebSocketServer nats) {
    return () -> {
      nats.stop();
      nats.start();
      return nats.pid().orElseThrow();
    };
  }

  static Way pusher(Lab lab) {
    return MeowerPush.way("Meower: the pusher", lab.ports().of(Part.PUSHER), lab.meowBroker());
  }

  private static Path nodePeers() {
    return ProjectLayout.find().root().resolve("bench/peers");
  }
}
