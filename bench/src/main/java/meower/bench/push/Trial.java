package meower.bench.push;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import meower.bench.push.client.Browsers;
import meower.bench.push.client.Publisher;
import meower.bench.push.client.Tally;

/**
 * Meows at a steady rate for some seconds.
 *
 * @param rate how many meows were sent in a second
 * @param perSecond how many deliveries there were in a second, until the last one
 * @param p50Millis for half of the deliveries, from when the meow was sent
 * @param failure why it does not count; empty if it does
 */
record Trial(double rate, double perSecond, double p50Millis, double p99Millis, String failure) {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long PAUSE = Duration.ofMillis(1).toNanos() / 2;

  /** Slower than this, and it was not the rate that was tried. */
  private static final double BEHIND = 1.1;

  boolean succeeded() {
    return failure.isEmpty();
  }

  /**
   * @param rate meows in a second
   * @param first the number of the first meow, one more than the last one before
   * @param p99 the most that 99 of 100 deliveries may take
   */
  static Trial run(
      Browsers browsers, Publisher publisher, double rate, long first, Duration time, Duration p99)
      throws Exception {
    long count = Math.max(1, Math.round(rate * time.toNanos() / 1e9));
    AtomicLong took = new AtomicLong();
    long start = System.nanoTime();
    CompletableFuture<Void> publishing =
        CompletableFuture.runAsync(
            () -> {
              publish(publisher, rate, first, count);
              took.set(System.nanoTime() - start);
            },
            Thread::startVirtualThread);
    Tally tally = browsers.read(() -> count, time.plus(PATIENCE));
    double seconds = (System.nanoTime() - start) / 1e9;
    publishing.get(1, TimeUnit.MINUTES);
    double p50 = tally.micros().getValueAtPercentile(50) / 1e3;
    double late = tally.micros().getValueAtPercentile(99) / 1e3;
    return new Trial(
        rate,
        tally.deliveries() / seconds,
        p50,
        late,
        failure(tally, count * browsers.count(), late, p99, took.get(), time));
  }

  private static String failure(
      Tally tally, long expected, double late, Duration p99, long took, Duration time) {
    if (tally.wrong() > 0) {
      return tally.wrong() + " lost, doubled or out of order: " + tally.firstWrong();
    }
    if (tally.deliveries() != expected) {
      return (expected - tally.deliveries()) + " did not come in time";
    }
    if (late > p99.toMillis()) {
      return String.format(Locale.ROOT, "p99 %.0f ms", late);
    }
    return took > BEHIND * time.toNanos() ? "the publisher could not keep up" : "";
  }

  private static void publish(Publisher publisher, double rate, long first, long count) {
    long start = System.nanoTime();
    try {
      long sent = 0;
      while (sent < count) {
        long due = Math.min(count, Math.round((System.nanoTime() - start) * rate / 1e9) + 1);
        while (sent < due) {
          publisher.publish(first + sent);
          sent++;
        }
        LockSupport.parkNanos(PAUSE);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
