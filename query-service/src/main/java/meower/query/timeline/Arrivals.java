package meower.query.timeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import meower.query.meow.EncodedMeow;
import meower.query.meow.IndexedMeow;
import meower.query.view.View;
import meower.query.view.Views;
import meower.schema.MeowId;
import meower.web.ProblemException;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets requests wait until the view shows a meow, whichever instance indexes it.
 *
 * <p>One loop looks for all who wait, and looks into the index only when the view has moved or
 * somebody new waits. So a thousand requests that wait cost no more than one.
 */
@Component
class Arrivals implements BackgroundWork {

  /** Each one holds a connection and a place in the request to the index. */
  private static final int MAX_WAITING = 1_000;

  private static final Duration POLL_INTERVAL = Duration.ofMillis(25);
  private static final Duration IDLE_POLL_INTERVAL = Duration.ofSeconds(1);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** Compared by identity: two requests may wait for the same meow. */
  private static final class Waiting {

    private final MeowId id;
    private final int revision;
    private final CompletableFuture<EncodedMeow> arrival = new CompletableFuture<>();

    private Waiting(MeowId id, int revision) {
      this.id = id;
      this.revision = revision;
    }
  }

  private final Views views;
  private final Timeline timeline;
  private final Semaphore places = new Semaphore(MAX_WAITING);
  private final Semaphore newcomers = new Semaphore(0);
  private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
  private final BackgroundLoop loop = new BackgroundLoop("arrivals", Backoff.DEFAULT, this::poll);
  private @Nullable View seen;

  Arrivals(Views views, Timeline timeline) {
    this.views = views;
    this.timeline = timeline;
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  /**
   * Returns the meow as soon as the view shows it, or nothing if that takes too long.
   *
   * @param revision the least that is waited for; a deletion ends the waiting as well
   * @throws ProblemException 503 while the index cannot be read or too many wait
   */
  Optional<EncodedMeow> await(MeowId id, int revision, WaitTimeout timeout) {
    if (!places.tryAcquire()) {
      throw ProblemException.unavailable(
          "Too many requests are waiting for a meow. Try again in a second.", null, RETRY_AFTER);
    }
    Waiting one = new Waiting(id, revision);
    waiting.add(one);
    newcomers.release();
    try {
      return Optional.of(one.arrival.get(timeout.value().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ProblemException problem ? problem : unexpected(e);
    } finally {
      waiting.remove(one);
      places.release();
    }
  }

  private void poll() throws InterruptedException {
    boolean anyNew =
        newcomers.tryAcquire(
            (waiting.isEmpty() ? IDLE_POLL_INTERVAL : POLL_INTERVAL).toMillis(),
            TimeUnit.MILLISECONDS);
    newcomers.drainPermits();
    if (waiting.isEmpty()) {
      return;
    }
    try {
      View view = views.current();
      if (anyNew || !view.equals(seen)) {
        answer(view, List.copyOf(waiting));
        seen = view;
      }
    } catch (RuntimeException e) {
      waiting.forEach(one -> one.arrival.completeExceptionally(e));
    }
  }

  private void answer(View view, List<Waiting> all) {
    Map<String, IndexedMeow> found =
        timeline.find(view.index(), all.stream().map(one -> one.id).distinct().toList());
    for (Waiting one : all) {
      IndexedMeow meow = found.get(one.id.value());
      if (meow != null && view.shows(meow.sequence()) && meow.now().reached() >= one.revision) {
        one.arrival.complete(EncodedMeow.of(meow.now(), view.index()));
      }
    }
  }

  private static IllegalStateException unexpected(ExecutionException e) {
    return new IllegalStateException(e.getCause());
  }
}
