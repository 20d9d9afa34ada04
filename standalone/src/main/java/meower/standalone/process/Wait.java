package meower.standalone.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something outside this program that cannot tell when it happens. */
public final class Wait {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  private Wait() {}

  /** Returns when the condition holds; throws the failure when it does not within the timeout. */
  public static void until(
      BooleanSupplier condition, Duration timeout, Supplier<ServerFailedException> failure) {
    if (!upTo(timeout, condition)) {
      throw failure.get();
    }
  }

  /** Returns when the condition holds, or the timeout is over: whether it holds. */
  public static boolean upTo(Duration timeout, BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > timeout.toNanos()) {
        return false;
      }
      try {
        Thread.sleep(POLL_INTERVAL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ServerFailedException("interrupted while waiting", e);
      }
    }
    return true;
  }
}
