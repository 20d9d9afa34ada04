package meower.query.view;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import meower.nats.NatsUnavailableException;
import meower.query.index.MeowIndex;
import meower.query.projection.IndexConsumers;
import meower.schema.Position;

/**
 * Knows up to which position an index is complete: what its consumer has acknowledged without a
 * hole.
 *
 * <p>Many readers at the same moment cost one request to NATS, and none of them waits long for it:
 * a position of a moment ago is just as true. It never goes down: the index has what was once
 * acknowledged, whether or not NATS, the stream or the consumer has forgotten it.
 */
final class AckFloor {

  private static final long GOOD_FOR = Duration.ofMillis(20).toNanos();
  private static final Duration ANSWER = Duration.ofMillis(500);
  private static final long PAUSE_AFTER_FAILURE = Duration.ofMillis(500).toNanos();

  private record Floor(Optional<Position> position, long until) {

    boolean isGood() {
      return System.nanoTime() - until < 0;
    }
  }

  private final IndexConsumers consumers;
  private final MeowIndex index;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile Floor last = new Floor(Optional.empty(), System.nanoTime());

  AckFloor(IndexConsumers consumers, MeowIndex index) {
    this.consumers = consumers;
    this.index = index;
  }

  MeowIndex index() {
    return index;
  }

  /** Returns up to where the index is complete, or nothing when NATS has never said it. */
  Optional<Position> position() {
    if (!last.isGood() && lock()) {
      try {
        if (!last.isGood()) {
          last = asked();
        }
      } finally {
        asking.unlock();
      }
    }
    return last.position();
  }

  private Floor asked() {
    try {
      Optional<ConsumerInfo> consumer = consumers.find(index, ANSWER);
      if (consumer.isPresent()) {
        return raised(consumer.get().getAckFloor().getStreamSequence());
      }
    } catch (NatsUnavailableException | IOException | JetStreamApiException e) {
      // What was known stays true.
    }
    return new Floor(last.position(), System.nanoTime() + PAUSE_AFTER_FAILURE);
  }

  private Floor raised(long sequence) {
    long highest = Math.max(sequence, last.position().map(Position::sequence).orElse(0L));
    return new Floor(
        Optional.of(new Position(index.epoch(), highest)), System.nanoTime() + GOOD_FOR);
  }

  private boolean lock() {
    try {
      return asking.tryLock(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
