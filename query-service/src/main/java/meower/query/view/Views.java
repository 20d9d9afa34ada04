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
import meower.schema.Position;
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
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Duration LOOK = Duration.ofMillis(25);

  private record Read(AckFloor floor, @Nullable AckFloor former, long nanos) {}

  private final SearchEngine engine;
  private final MeowIndexes indexes;
  private final IndexConsumers consumers;
  private final ReentrantLock refreshing = new ReentrantLock();
  private final AtomicReference<@Nullable Position> promised = new AtomicReference<>();
  private volatile @Nullable Read read;

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
    Read now = read();
    Optional<View> view = view(now.floor());
    AckFloor former = now.former();
    if (former != null && view.filter(this::reachesWhatWasPromised).isEmpty()) {
      view = view(former);
    }
    View found = view.orElseThrow(() -> SearchEngine.unavailable(null));
    promise(found.position());
    return found;
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
    long deadline = System.nanoTime() + PATIENCE.toNanos();
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
      Thread.sleep(LOOK);
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
      if (!SearchEngine.isWithoutIndex(e) || look().floor().index().equals(view.index())) {
        throw e;
      }
      return reading.apply(current());
    }
  }

  private static Optional<View> view(AckFloor floor) {
    return floor.position().map(position -> new View(floor.index(), position));
  }

  private boolean reachesWhatWasPromised(View view) {
    Position highest = promised.get();
    return highest == null
        || !highest.epoch().equals(view.position().epoch())
        || highest.sequence() <= view.position().sequence();
  }

  private void promise(Position position) {
    promised.accumulateAndGet(
        position, (old, now) -> old == null || now == null || isAfter(now, old) ? now : old);
  }

  private static boolean isAfter(Position now, Position old) {
    return !now.epoch().equals(old.epoch()) || now.sequence() > old.sequence();
  }

  /** One request at a time looks whether another index is read; the others do not wait for it. */
  private Read read() {
    Read known = read;
    if (known == null) {
      return look();
    }
    if (System.nanoTime() - known.nanos() < MAX_AGE.toNanos() || !refreshing.tryLock()) {
      return known;
    }
    try {
      return look();
    } finally {
      refreshing.unlock();
    }
  }

  private Read look() {
    Optional<MeowIndex> found = engine.ask(_ -> indexes.findRead());
    MeowIndex index = found.orElseThrow(() -> SearchEngine.unavailable(null));
    Read next = next(read, index);
    read = next;
    return next;
  }

  private Read next(@Nullable Read known, MeowIndex index) {
    long now = System.nanoTime();
    if (known == null) {
      return new Read(new AckFloor(consumers, index), null, now);
    }
    if (known.floor().index().equals(index)) {
      return new Read(known.floor(), known.former(), now);
    }
    AckFloor former = known.former();
    return former != null && former.index().equals(index)
        ? new Read(former, known.floor(), now)
        : new Read(new AckFloor(consumers, index), known.floor(), now);
  }
}
