package meower.e2e.chaos.load;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits of people and programs, which are never equally long. */
public final class Pause {

  private Pause() {}

  /** Waits for about as long. */
  public static void about(Duration duration) throws InterruptedException {
    long nanos = Math.max(2, duration.toNanos());
    Thread.sleep(
        Duration.ofNanos(ThreadLocalRandom.current().nextLong(nanos / 2, nanos + nanos / 2)));
  }

  /** Waits before the next try of something that fails, longer from time to time. */
  public static void backoff(int tries) throws InterruptedException {
    about(Duration.ofMillis(Math.min(1_000, 50L << Math.min(tries, 10))));
  }
}
