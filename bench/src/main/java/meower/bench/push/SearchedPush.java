package meower.bench.push;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import meower.bench.lab.Contender;
import meower.bench.lab.Sample;
import meower.bench.push.client.Browsers;
import meower.bench.push.client.Publisher;
import meower.bench.push.client.Tally;
import meower.bench.push.client.Way;

/** Browsers that follow everything, beside some that follow a search each. */
final class SearchedPush implements Contender {

  /** How many follow everything. */
  static final int BROWSERS = 100;

  private static final Duration ANY = Duration.ofSeconds(10);
  private static final long NOT_OVER = 1_000_000_000;

  private final Way way;
  private final List<String> searches;
  private final double rate;
  private final Duration time;

  /**
   * @param searches the paths of those that follow a search each
   * @param rate meows in a second
   */
  SearchedPush(Way way, List<String> searches, double rate, Duration time) {
    this.way = way;
    this.searches = searches;
    this.rate = rate;
    this.time = time;
  }

  @Override
  public String name() {
    return way.name();
  }

  @Override
  public Sample measure() throws Exception {
    Iterator<String> paths = searches.iterator();
    try (Publisher publisher = way.publishing().open();
        Browsers searching = new Browsers(way.to(paths::next));
        Browsers following = new Browsers(way)) {
      searching.connect(searches.size());
      following.connect(BROWSERS);
      following.expect(1);
      AtomicLong until = new AtomicLong(NOT_OVER);
      CompletableFuture<Tally> found =
          CompletableFuture.supplyAsync(() -> read(searching, until), Thread::startVirtualThread);
      Trial trial = Trial.run(following, publisher, rate, 1, time, ANY);
      until.set(0);
      if (!trial.succeeded()) {
        throw new IOException(way.name() + ": " + trial.failure());
      }
      return Sample.of("p99 ms", trial.p99Millis())
          .with("p50 ms", trial.p50Millis())
          .with("found a meow", deliveries(found) / (rate * time.toNanos() / 1e9));
    }
  }

  private Tally read(Browsers searching, AtomicLong until) {
    try {
      return searching.read(until::get, time.plus(ANY));
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private static double deliveries(CompletableFuture<Tally> found) throws Exception {
    return found.get(1, TimeUnit.MINUTES).deliveries();
  }
}
