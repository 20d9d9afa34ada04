package meower.query.view;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import meower.query.elasticsearch.SearchEngine;
import meower.query.index.IndexName;
import meower.query.index.MeowIndexes;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gives every request its {@link View}. */
@Component
public class Views {

  /** How long it may take until another index is read; the former one stays until then. */
  private static final Duration MAX_AGE = Duration.ofSeconds(1);

  private record Read(IndexName index, long nanos) {}

  private final SearchEngine engine;
  private final MeowIndexes indexes;
  private final AckFloor floor;
  private final ReentrantLock refreshing = new ReentrantLock();
  private volatile @Nullable Read read;

  Views(SearchEngine engine, MeowIndexes indexes, AckFloor floor) {
    this.engine = engine;
    this.indexes = indexes;
    this.floor = floor;
  }

  /**
   * Returns the view of this moment.
   *
   * @throws ProblemException 503 while there is no index to read from
   */
  public View current() {
    IndexName index = index();
    return new View(index, floor.of(index));
  }

  /** One request at a time looks whether another index is read; the others do not wait for it. */
  private IndexName index() {
    Read known = read;
    if (known == null) {
      return look();
    }
    if (System.nanoTime() - known.nanos() < MAX_AGE.toNanos() || !refreshing.tryLock()) {
      return known.index();
    }
    try {
      return look();
    } finally {
      refreshing.unlock();
    }
  }

  private IndexName look() {
    Optional<IndexName> found = engine.ask(_ -> indexes.findRead());
    IndexName index = found.orElseThrow(() -> SearchEngine.unavailable(null));
    read = new Read(index, System.nanoTime());
    return index;
  }
}
