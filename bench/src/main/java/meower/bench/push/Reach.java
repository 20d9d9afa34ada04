package meower.bench.push;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import meower.bench.lab.Broker;
import meower.bench.lab.Contender;
import meower.bench.lab.Sample;
import meower.bench.push.Meows.Posted;
import meower.bench.push.client.Browsers;
import meower.bench.push.client.Deletions;
import meower.bench.push.client.Text;
import meower.bench.push.peer.MeowerPush;

/**
 * From the answer 204 to the browsers, while others post. A read that begins a second later must
 * not have the meow any more, or this fails.
 */
final class Reach implements Contender {

  private static final int RATE = 100;

  /** One deletion for so many posts. */
  private static final int POSTS = 10;

  /** So many posts old is what is deleted: what is gone before it is sent is not sent at all. */
  private static final int AGE = 2 * RATE;

  private static final Duration BOUND = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final int nginx;
  private final int pusher;
  private final Broker broker;
  private final int browsers;
  private final Duration time;
  private long next = 1;

  Reach(int nginx, int pusher, Broker broker, int browsers, Duration time) {
    this.nginx = nginx;
    this.pusher = pusher;
    this.broker = broker;
    this.browsers = browsers;
    this.time = time;
  }

  @Override
  public String name() {
    return "Meower: from the deletion to the socket";
  }

  @Override
  public Sample measure() throws Exception {
    try (var meows = new Meows(nginx);
        var all = new Browsers(MeowerPush.way(name(), pusher, broker));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      all.connect(browsers);
      all.expect(next);
      long count = RATE * time.toSeconds();
      var writing = threads.submit(() -> write(meows, all.deletions(), count, threads));
      var tally = all.read(() -> count, time.plus(TIMEOUT));
      var checks = writing.get(1, TimeUnit.MINUTES);
      if (tally.wrong() > 0 || tally.deliveries() != count * browsers) {
        throw new IOException("not every browser got every meow once: " + tally.firstWrong());
      }
      awaitDeletions(all);
      for (Future<?> check : checks) {
        check.get();
      }
      var micros = all.deletions().micros();
      return Sample.of("p99 ms", micros.getValueAtPercentile(99) / 1e3)
          .with("p50 ms", micros.getValueAtPercentile(50) / 1e3)
          .with("max ms", micros.getMaxValue() / 1e3)
          .with("deletions", all.deletions().count());
    }
  }

  private static void awaitDeletions(Browsers all) throws IOException {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (!all.deletions().haveArrived()) {
      if (System.nanoTime() > end) {
        throw new IOException("not every browser was told of every deletion");
      }
      all.read(() -> 1, Duration.ofMillis(100));
    }
  }

  /** Returns what looks a second after each deletion whether the meow can still be read. */
  private List<Future<?>> write(
      Meows meows, Deletions deletions, long count, ExecutorService threads) throws Exception {
    var checks = new ArrayList<Future<?>>();
    var posted = new ArrayDeque<Posted>();
    long start = System.nanoTime();
    for (long i = 0; i < count; i++) {
      LockSupport.parkNanos(start + i * 1_000_000_000 / RATE - System.nanoTime());
      posted.add(meows.post(Text.body(next++, System.nanoTime())));
      if (posted.size() > AGE) {
        var meow = posted.remove();
        if (i % POSTS == 0) {
          checks.add(threads.submit(delete(meows, deletions, meow)));
        }
      }
    }
    return checks;
  }

  private Callable<Void> delete(Meows meows, Deletions deletions, Posted meow) {
    return () -> {
      deletions.expect(meow.id(), browsers);
      meows.delete(meow);
      deletions.acknowledged(meow.id());
      Thread.sleep(BOUND);
      meows.requireGone(meow);
      return null;
    };
  }
}
