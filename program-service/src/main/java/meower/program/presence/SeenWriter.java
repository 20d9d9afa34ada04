package meower.program.presence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import meower.program.change.ChangeNews;
import meower.program.request.Postgres;
import meower.program.source.PresenceProperties;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Stores who was seen: what comes within a moment shares one commit.
 *
 * <p>While Postgres is away it holds on to what it has and tries again. Whoever looks things up
 * waits for that, and so does not go on looking up.
 */
@Component
public final class SeenWriter implements BackgroundWork {

  private static final int CAPACITY = 100_000;
  private static final int MOST_AT_ONCE = 5000;

  /** Short: nobody is taken out for ten seconds after an outage, and has to be seen by then. */
  private static final Backoff AGAIN = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

  private record Pending(Seen seen, CompletableFuture<Void> stored) {}

  private final SeenStore store;
  private final PresenceProperties properties;
  private final ChangeNews news;
  private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final BackgroundLoop loop = new BackgroundLoop("seen-writer", AGAIN, this::round);
  private final Counter joined;
  private final Counter refused;
  private List<Pending> batch = List.of();

  SeenWriter(
      SeenStore store, PresenceProperties properties, ChangeNews news, MeterRegistry metrics) {
    this.store = store;
    this.news = news;
    this.properties = properties;
    this.joined =
        Counter.builder("meower.presence.joined")
            .description("Objects that came")
            .register(metrics);
    this.refused =
        Counter.builder("meower.presence.refused")
            .description("Objects that did not come in: their programs have as many as they may")
            .register(metrics);
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  /**
   * Has it stored.
   *
   * @return is done when it is on disk, and fails when it cannot be stored as it is
   */
  public CompletableFuture<Void> add(Seen seen) {
    Pending pending = new Pending(seen, new CompletableFuture<>());
    if (!queue.offer(pending)) {
      pending.stored().completeExceptionally(new IllegalStateException("too many wait"));
    }
    return pending.stored();
  }

  private void round() throws InterruptedException {
    if (batch.isEmpty()) {
      batch = gather();
    }
    if (!batch.isEmpty()) {
      store();
      batch = List.of();
    }
  }

  private void store() {
    try {
      SeenStore.Stored stored = store.store(batch.stream().map(Pending::seen).toList());
      joined.increment(stored.joined());
      refused.increment(stored.refused());
      news.tell(stored.programs());
      batch.forEach(pending -> pending.stored().complete(null));
    } catch (DataAccessException e) {
      if (Postgres.isAway(e)) {
        throw e;
      }
      batch.forEach(pending -> pending.stored().completeExceptionally(e));
    }
  }

  private List<Pending> gather() throws InterruptedException {
    Pending first = queue.poll(1, TimeUnit.SECONDS);
    if (first == null) {
      return List.of();
    }
    List<Pending> gathered = new ArrayList<>();
    gathered.add(first);
    long end = System.nanoTime() + properties.commitInterval().toNanos();
    while (gathered.size() < MOST_AT_ONCE) {
      Pending next = queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        break;
      }
      gathered.add(next);
    }
    return gathered;
  }
}
