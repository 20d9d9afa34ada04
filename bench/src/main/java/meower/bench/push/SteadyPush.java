package meower.bench.push;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.LongSupplier;
import meower.bench.Contender;
import meower.bench.Memory;
import meower.bench.Sample;

/** Meower's pusher at one rate, with browsers of whom some stop reading. */
final class SteadyPush implements Contender {

  /** As late as it takes to be told from a failure. */
  private static final Duration ANY = Duration.ofSeconds(10);

  private final String name;
  private final InetSocketAddress server;
  private final PushContender.Publishing publishing;
  private final Load load;
  private final LongSupplier pid;

  /**
   * What is done.
   *
   * @param browsers all of them
   * @param stopped how many of them do not read what comes
   * @param rate meows in a second
   */
  record Load(int browsers, int stopped, double rate, Duration time) {}

  SteadyPush(
      String name, int port, PushContender.Publishing publishing, Load load, LongSupplier pid) {
    this.name = name;
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.publishing = publishing;
    this.load = load;
    this.pid = pid;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Sample measure() throws Exception {
    try (Publisher publisher = publishing.open();
        Browsers stopped = new Browsers(server, "/pusher", MeowerProtocol::new);
        Browsers reading = new Browsers(server, "/pusher", MeowerProtocol::new)) {
      // Connected and then never looked at again.
      stopped.connect(load.stopped());
      reading.connect(load.browsers() - load.stopped());
      reading.expect(1);
      Trial trial = Trial.run(reading, publisher, load.rate(), 1, load.time(), ANY);
      if (!trial.succeeded()) {
        throw new IOException(name + ": " + trial.failure());
      }
      return Sample.of("p99 ms", trial.p99Millis())
          .with("p50 ms", trial.p50Millis())
          .with("pusher MB", Memory.ofProcess(pid.getAsLong()) / 1e6);
    }
  }
}
