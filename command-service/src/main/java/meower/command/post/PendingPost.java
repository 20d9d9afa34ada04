package meower.command.post;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import meower.command.meow.Meow;
import meower.command.trail.Sender;

/**
 * A post between the request that waits for it and the commit that it will be part of.
 *
 * <p>Either the commit takes it or the request gives it up, never both: what was given up in the
 * queue is not stored afterwards.
 */
final class PendingPost {

  private final Meow meow;
  private final Optional<PostKey> key;
  private final Sender sender;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final CompletableFuture<Boolean> stored = new CompletableFuture<>();
  private final long since = System.nanoTime();
  private volatile boolean givenUp;

  PendingPost(Meow meow, Optional<PostKey> key, Sender sender) {
    this.meow = meow;
    this.key = key;
    this.sender = sender;
  }

  Meow meow() {
    return meow;
  }

  Optional<PostKey> key() {
    return key;
  }

  Sender sender() {
    return sender;
  }

  /** For how long it has been waiting. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - since);
  }

  /** Takes it into a commit; returns false if its request has given up. */
  boolean take() {
    return taken.compareAndSet(false, true);
  }

  /** Tells whether its request still waits for an answer. */
  boolean isAwaited() {
    return !stored.isDone() && !givenUp;
  }

  /**
   * Says that its commit has ended well.
   *
   * @param isStored false if its key had been taken before
   */
  void decide(boolean isStored) {
    stored.complete(isStored);
  }

  void fail(RuntimeException cause) {
    stored.completeExceptionally(cause);
  }

  /**
   * Waits until it is on disk; returns false if it is not because its key had been taken before.
   *
   * @throws TimeoutException if it is not yet; it will not be any more unless its commit has begun
   * @throws ExecutionException if storing it has failed
   */
  boolean await(Duration atMost) throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return stored.get(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS);
    } finally {
      taken.set(true);
      givenUp = true;
    }
  }
}
