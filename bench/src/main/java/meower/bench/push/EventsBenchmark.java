package meower.bench.push;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import meower.bench.lab.Benchmark;
import meower.bench.lab.Comparison;
import meower.bench.lab.Contender;
import meower.bench.lab.Lab;
import meower.bench.lab.Scale;
import meower.bench.push.client.Way;
import meower.bench.push.peer.MeowerPush;
import meower.bench.push.peer.NatsPush;
import meower.bench.push.peer.NatsWebSocketServer;
import meower.standalone.stack.Part;

/**
 * As many meows as possible to 1,000 readers of Server-Sent Events, beside the own socket.
 *
 * <p>Without the services that have no part in it, as in {@link PushBenchmark}.
 */
public final class EventsBenchmark implements Benchmark {

  private static final Scale READERS = new Scale(1_000, "readers");
  private static final Duration P99 = Duration.ofMillis(250);

  @Override
  public List<Comparison.Outcome> run(Lab lab) throws Exception {
    PushBenchmark.stopOthers(lab);
    try (var nats = new NatsWebSocketServer(lab.peers(), lab.peerPort(0))) {
      nats.start();
      return List.of(rates(lab, nats), idle(lab, nats));
    }
  }

  /** The highest rate at which all is well. */
  private static Comparison.Outcome rates(Lab lab, NatsWebSocketServer nats) throws Exception {
    var target = new PushContender.Target(READERS.size(), P99, lab.options().time());
    int nginx = lab.ports().nginx();
    Stream<Way> ways =
        Stream.of(
            events(lab),
            PushBenchmark.pusher(lab),
            MeowerPush.events("Meower: /events through nginx", nginx, lab.meowBroker()),
            MeowerPush.way("Meower: /pusher through nginx", nginx, lab.meowBroker()),
            NatsPush.way(nats));
    return lab.compare(
        "Server-Sent Events",
        READERS,
        ways.<Contender>map(way -> new PushContender(way, target)).toList());
  }

  private static Comparison.Outcome idle(Lab lab, NatsWebSocketServer nats) throws Exception {
    LongSupplier freshPusher = PushBenchmark.freshPusher(lab);
    return lab.compare(
        "Memory of readers that wait",
        READERS,
        List.of(
            new IdleBrowsers(events(lab), freshPusher, READERS.size()),
            new IdleBrowsers(PushBenchmark.pusher(lab), freshPusher, READERS.size()),
            new IdleBrowsers(NatsPush.way(nats), PushBenchmark.freshNats(nats), READERS.size())));
  }

  private static Way events(Lab lab) {
    return MeowerPush.events("Meower: /events", lab.ports().of(Part.PUSHER), lab.meowBroker());
  }
}
