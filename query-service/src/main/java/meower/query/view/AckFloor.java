package meower.query.view;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import meower.query.index.MeowIndex;
import meower.schema.Position;

/**
 * Knows up to which position an index is complete: what its consumer has acknowledged without a
 * hole.
 *
 * <p>Many readers at the same moment cost one request to NATS, and none of them waits long for it:
 * a position of a moment ago is just as true.
 */
final class AckFloor {

  private static final Duration TIMEOUT = Duration.ofMillis(500);

  /** Asks NATS up to which sequence an index is filled; nothing if that is not known there. */
  @FunctionalInterface
  interface Consumers {
    Optional<Long> ackFloor(MeowIndex index, Duration timeout)
        throws IOException, JetStreamApiException;
  }

  private final Consumers consumers;
  private final MeowIndex index;
  private final LongSupplier nanoTime;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile Floor last;

  /**
   * @param nanoTime a clock like {@link System#nanoTime()}
   */
  AckFloor(Consumers consumers, MeowIndex index, LongSupplier nanoTime) {
    this.consumers = consumers;
    this.index = index;
    this.nanoTime = nanoTime;
    this.last = Floor.unknown(nanoTime.getAsLong());
  }

  MeowIndex index() {
    return index;
  }

  /** Returns up to where the index is complete, or nothing when NATS has never said it. */
  Optional<Position> position() {
    if (!isGood() && lock()) {
      try {
        if (!isGood()) {
          last = ask();
        }
      } finally {
        asking.unlock();
      }
    }
    return last.position();
  }

  private boolean isGood() {
    return last.isGood(nanoTime.getAsLong());
  }

  private Floor ask() {
    try {
      Optional<Long> sequence = consumers.ackFloor(index, TIMEOUT);
      if (sequence.isPresent()) {
        return last.acknowledged(index.epoch(), sequence.get(), nanoTime.getAsLong());
      }
    } catch (IOException | JetStreamApiException e) {
      // What was known stays true.
    }
    return last.unanswered(nanoTime.getAsLong());
  }

  private boolean lock() {
    try {
      return asking.tryLock(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
