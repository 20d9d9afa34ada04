package meower.query.view;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import meower.nats.NatsUnavailableException;
import meower.query.index.IndexConsumers;
import meower.query.index.IndexName;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Knows up to which position an index is complete: what its consumer has acknowledged without a
 * hole.
 *
 * <p>Many readers at the same moment cost one request to NATS, and none of them waits long for it:
 * a position of a moment ago is just as true. A floor that went down is not believed (a crash of
 * NATS can lose acknowledgements, never what the index has), unless the consumer has been made anew
 * to fill the index from the beginning.
 */
@Component
class AckFloor {

  private static final long GOOD_FOR = Duration.ofMillis(20).toNanos();
  private static final Duration ANSWER = Duration.ofMillis(500);
  private static final long PAUSE_AFTER_FAILURE = Duration.ofMillis(500).toNanos();

  private record Floor(
      IndexName index, @Nullable ZonedDateTime consumerSince, long sequence, long until) {

    boolean isGood(IndexName wanted) {
      return index.equals(wanted) && System.nanoTime() - until < 0;
    }

    Optional<Position> position() {
      return consumerSince == null
          ? Optional.empty()
          : Optional.of(new Position(index.epoch(), sequence));
    }
  }

  private final IndexConsumers consumers;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable Floor last;

  AckFloor(IndexConsumers consumers) {
    this.consumers = consumers;
  }

  /** Returns up to where the index is complete, or nothing when NATS has never said it. */
  Optional<Position> of(IndexName index) {
    Floor known = last;
    if (known != null && known.isGood(index)) {
      return known.position();
    }
    if (!lock()) {
      return known != null && known.index().equals(index) ? known.position() : Optional.empty();
    }
    try {
      return refreshed(index).position();
    } finally {
      asking.unlock();
    }
  }

  private Floor refreshed(IndexName index) {
    Floor known = last;
    if (known != null && known.isGood(index)) {
      return known;
    }
    Floor base = known != null && known.index().equals(index) ? known : unknown(index);
    Floor refreshed = ask(base);
    last = refreshed;
    return refreshed;
  }

  private Floor ask(Floor base) {
    try {
      return consumers
          .find(base.index(), ANSWER)
          .map(consumer -> raised(base, consumer))
          .orElseGet(() -> kept(unknown(base.index())));
    } catch (NatsUnavailableException | IOException | JetStreamApiException e) {
      return kept(base);
    }
  }

  private static Floor raised(Floor base, ConsumerInfo consumer) {
    long floor = consumer.getAckFloor().getStreamSequence();
    boolean same = consumer.getCreationTime().equals(base.consumerSince());
    return new Floor(
        base.index(),
        consumer.getCreationTime(),
        same ? Math.max(floor, base.sequence()) : floor,
        System.nanoTime() + GOOD_FOR);
  }

  private static Floor unknown(IndexName index) {
    return new Floor(index, null, 0, 0);
  }

  private static Floor kept(Floor base) {
    return new Floor(
        base.index(),
        base.consumerSince(),
        base.sequence(),
        System.nanoTime() + PAUSE_AFTER_FAILURE);
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
