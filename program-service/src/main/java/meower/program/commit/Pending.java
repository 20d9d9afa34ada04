package meower.program.commit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A change between the call that waits for it and the commit that it will be part of.
 *
 * <p>Either the commit takes it or the call gives it up, never both: what was given up in the queue
 * is not stored afterwards.
 */
final class Pending<C extends Change, R> {

  private final C change;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final CompletableFuture<R> result = new CompletableFuture<>();

  Pending(C change) {
    this.change = change;
  }

  C change() {
    return change;
  }

  /** Takes it into a commit; returns false if its call has given up. */
  boolean take() {
    return taken.compareAndSet(false, true);
  }

  void done(R outcome) {
    result.complete(outcome);
  }

  void fail(Throwable cause) {
    result.completeExceptionally(cause);
  }

  /**
   * Waits until it is on disk.
   *
   * @throws TimeoutException if it is not yet; it will not be any more unless its commit has begun
   * @throws ExecutionException if storing it has failed
   */
  R await(Duration atMost) throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return result.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      taken.set(true);
    }
  }
}
