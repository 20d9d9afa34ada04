package meower.bench.push;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import meower.bench.lab.Contender;
import meower.bench.lab.Memory;
import meower.bench.lab.Sample;
import meower.bench.push.client.Browsers;
import meower.bench.push.client.Publisher;
import meower.bench.push.client.Way;

/** A server at one rate, with browsers of whom some may stop reading. */
final class SteadyPush implements Contender {

  /** As late as it takes to be told from a failure. */
  private static final Duration ANY = Duration.ofSeconds(10);

  private final Way way;
  private final Load load;
  private final Optional<LongSupplier> pid;

  /**
   * What is done.
   *
   * @param browsers all of them
   * @param stopped how many of them do not read what comes
   * @param rate meows in a second
   */
  record Load(int browsers, int stopped, double rate, Duration time) {}

  /**
   * @param pid the server's process, when its memory is of interest
   */
  SteadyPush(Way way, Load load, Optional<LongSupplier> pid) {
    this.way = way;
    this.load = load;
    this.pid = pid;
  }

  @Override
  public String name() {
    return way.name();
  }

  @Override
  public Sample measure() throws Exception {
    try (Publisher publisher = way.publishing().open();
        Browsers stopped = new Browsers(way);
        Browsers reading = new Browsers(way)) {
      // Connected and then never looked at again.
      stopped.connect(load.stopped());
      reading.connect(load.browsers() - load.stopped());
      reading.expect(1);
      Trial trial = Trial.run(reading, publisher, load.rate(), 1, load.time(), ANY);
      if (!trial.succeeded()) {
        throw new IOException(way.name() + ": " + trial.failure());
      }
      Sample sample = Sample.of("p99 ms", trial.p99Millis()).with("p50 ms", trial.p50Millis());
      return pid.isPresent()
          ? sample.with("server MB", Memory.ofProcess(pid.get().getAsLong()) / 1e6)
          : sample;
    }
  }
}
