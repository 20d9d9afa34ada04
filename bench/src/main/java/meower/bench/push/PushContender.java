package meower.bench.push;

import java.io.IOException;
import java.time.Duration;
import meower.bench.lab.Contender;
import meower.bench.lab.Sample;
import meower.bench.push.client.Browsers;
import meower.bench.push.client.Publisher;
import meower.bench.push.client.Way;
import org.jspecify.annotations.Nullable;

/**
 * A push server with so many browsers: how many deliveries it manages in a second, while 99 of 100
 * come in time and none is lost, doubled or out of order.
 *
 * <p>The rate of meows is doubled until that is no longer so (or halved until it is), and then
 * tried in between.
 */
final class PushContender implements Contender {

  private static final double FIRST_DELIVERIES = 50_000;
  private static final double LEAST_DELIVERIES = 1_000;

  private final Way way;
  private final Target target;

  /**
   * What has to be reached.
   *
   * @param browsers how many are connected
   * @param p99 the most that 99 of 100 deliveries may take
   * @param time how long a rate is held
   */
  record Target(int browsers, Duration p99, Duration time) {}

  PushContender(Way way, Target target) {
    this.way = way;
    this.target = target;
  }

  @Override
  public String name() {
    return way.name();
  }

  @Override
  public Sample measure() throws Exception {
    try (Publisher publisher = way.publishing().open();
        Search search = new Search(publisher)) {
      double reached = search.first();
      while (search.reaches(2 * reached)) {
        reached *= 2;
      }
      search.reaches((search.reaches(1.5 * reached) ? 1.75 : 1.25) * reached);
      Trial best = search.found();
      return Sample.of("deliveries/s", best.perSecond())
          .with("p50 ms", best.p50Millis())
          .with("p99 ms", best.p99Millis())
          .with("connect s", search.connected.toMillis() / 1e3);
    }
  }

  /** A rate that failed leaves a backlog behind: the next one is tried with other browsers. */
  private final class Search implements AutoCloseable {

    private final Publisher publisher;
    private Trial bestTrial = new Trial(0, 0, 0, 0, "nothing was reached");
    private Duration connected = Duration.ZERO;
    private @Nullable Browsers fresh;
    private long next = 1;

    Search(Publisher publisher) {
      this.publisher = publisher;
    }

    /** Finds a rate to begin with: half of what is too much, and so on. */
    double first() throws Exception {
      double deliveries = FIRST_DELIVERIES;
      while (!reaches(deliveries / target.browsers()) && deliveries > LEAST_DELIVERIES) {
        deliveries /= 2;
      }
      return found().rate();
    }

    boolean reaches(double rate) throws Exception {
      Browsers browsers = fresh == null ? connected() : fresh;
      fresh = null;
      browsers.expect(next);
      Trial trial = Trial.run(browsers, publisher, rate, next, target.time(), target.p99());
      next += Math.max(1, Math.round(rate * target.time().toNanos() / 1e9));
      if (trial.succeeded()) {
        bestTrial = trial;
        fresh = browsers;
      } else {
        browsers.close();
      }
      return trial.succeeded();
    }

    private Browsers connected() throws IOException {
      Browsers browsers = new Browsers(way);
      connected = browsers.connect(target.browsers());
      return browsers;
    }

    Trial found() {
      if (!bestTrial.succeeded()) {
        throw new IllegalStateException(way.name() + ": " + bestTrial.failure());
      }
      return bestTrial;
    }

    @Override
    public void close() throws IOException {
      if (fresh != null) {
        fresh.close();
      }
    }
  }
}
