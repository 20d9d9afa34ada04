package meower.query.view;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import meower.query.elasticsearch.SearchEngine;
import meower.query.index.MeowIndex;
import meower.query.index.MeowIndexes;
import meower.query.projection.IndexConsumers;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Gives every request its {@link View}.
 *
 * <p>Within one epoch the position of the views never goes back. When readers follow to another
 * index, which may be a moment behind the former one, the former one serves until that has passed.
 */
@Component
public class Views {

  /** How long it may take until another index is read; the former one stays until then. */
  private static final Duration MAX_AGE = Duration.ofSeconds(1);

  /** How long a request waits for a view that reaches far enough. */
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(25);

  private record Known(ReadableIndexes readable, long nanos) {}

  private final SearchEngine engine;
  private final MeowIndexes indexes;
  private final IndexConsumers consumers;
  private final ReentrantLock refreshing = new ReentrantLock();
  private final AtomicReference<HighWaterMark> shown = new AtomicReference<>(HighWaterMark.NONE);
  private volatile @Nullable Known known;

  Views(SearchEngine engine, MeowIndexes indexes, IndexConsumers consumers) {
    this.engine = engine;
    this.indexes = indexes;
    this.consumers = consumers;
  }

  /**
   * Returns the view of this moment.
   *
   * @throws ProblemException 503 while there is no index to read from, or while NATS has not said
   *     yet how far it is complete
   */
  public View current() {
    View view =
        readable()
            .view(position -> shown.get().isReachedBy(position))
            .orElseThrow(() -> SearchEngine.unavailable(null));
    shown.updateAndGet(mark -> mark.advance(view.position()));
    return view;
  }

  /**
   * Returns what is read from the view of this moment.
   *
   * <p>An instance that was asleep may find the index deleted that it was reading. Then there is
   * another one, so it is read again from there.
   *
   * @param reading reads once, or again from a later view
   * @throws ProblemException 503 like {@link #current()}, and when this instance does not come as
   *     far as another one within a moment
   */
  public <T> T read(Function<View, T> reading) {
    return read(TIMEOUT, reading);
  }

  /**
   * The same for who cannot do without.
   *
   * @param timeout how long a view is waited for that reaches far enough
   */
  public <T> T read(Duration timeout, Function<View, T> reading) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      try {
        return readOnce(reading);
      } catch (BehindException e) {
        awaitLater(deadline, e);
      }
    }
  }

  private static void awaitLater(long deadline, BehindException reason) {
    if (System.nanoTime() >= deadline) {
      throw SearchEngine.unavailable(reason);
    }
    try {
      Thread.sleep(POLL_INTERVAL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SearchEngine.unavailable(e);
    }
  }

  private <T> T readOnce(Function<View, T> reading) {
    View view = current();
    try {
      return reading.apply(view);
    } catch (ProblemException e) {
      if (!SearchEngine.isWithoutIndex(e) || refresh().current().index().equals(view.index())) {
        throw e;
      }
      return reading.apply(current());
    }
  }

  /** One request at a time looks whether another index is read; the others do not wait for it. */
  private ReadableIndexes readable() {
    Known last = known;
    if (last == null) {
      return refresh();
    }
    if (System.nanoTime() - last.nanos() < MAX_AGE.toNanos() || !refreshing.tryLock()) {
      return last.readable();
    }
    try {
      return refresh();
    } finally {
      refreshing.unlock();
    }
  }

  private ReadableIndexes refresh() {
    Optional<MeowIndex> found = engine.ask(_ -> indexes.findRead());
    MeowIndex index = found.orElseThrow(() -> SearchEngine.unavailable(null));
    Known last = known;
    ReadableIndexes next =
        last == null
            ? ReadableIndexes.only(floor(index))
            : last.readable().follow(index, this::floor);
    known = new Known(next, System.nanoTime());
    return next;
  }

  private AckFloor floor(MeowIndex index) {
    return new AckFloor(consumers::ackFloor, index, System::nanoTime);
  }
}
