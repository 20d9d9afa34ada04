package meower.program.commit;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import meower.program.request.Postgres;
import meower.web.ProblemException;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Lets changes that come at the same time share one commit.
 *
 * <p>What arrives while one commit is under way goes together into the next. So nothing waits while
 * it is quiet, and under load one write to the disk serves hundreds. The queue is bounded: when it
 * is full a call is refused at once instead of waiting in vain.
 *
 * <p>What breaks is not tried again: whether it was stored nobody knows then, and whoever called
 * does know whether it may be done twice.
 *
 * @param <C> the kind of change
 * @param <R> what became of one
 */
public final class SharedCommit<C extends Change, R> implements BackgroundWork {

  private static final long POLL_SECONDS = 1;

  /** Stores changes, all or none, in their order. */
  @FunctionalInterface
  public interface Store<C, R> {

    /** Returns what became of each, in the same order. */
    List<R> store(List<C> changes);
  }

  private final Store<C, R> store;
  private final CommitProperties properties;
  private final BlockingQueue<Pending<C, R>> queue;
  private final DistributionSummary batches;
  private final BackgroundLoop loop;
  private @Nullable Pending<C, R> heldBack;

  /**
   * @param kind what is stored, a noun for metrics
   */
  public SharedCommit(
      String kind, Store<C, R> store, CommitProperties properties, MeterRegistry metrics) {
    this.store = store;
    this.properties = properties;
    this.queue = new ArrayBlockingQueue<>(properties.capacity());
    this.loop = new BackgroundLoop("commit-of-" + kind, Backoff.DEFAULT, this::commitNext);
    this.batches =
        DistributionSummary.builder("meower.queues.batch")
            .tag("kind", kind)
            .description("How many calls shared one commit")
            .register(metrics);
    Gauge.builder("meower.queues.waiting", queue, BlockingQueue::size)
        .tag("kind", kind)
        .description("Calls that wait for a commit")
        .register(metrics);
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  /**
   * Returns when the change is on disk.
   *
   * @throws ProblemException 503 if Postgres cannot take it in time, or too many are waiting
   */
  public R commit(C change) {
    Pending<C, R> pending = new Pending<>(change);
    if (!queue.offer(pending)) {
      throw Postgres.unavailable(null);
    }
    try {
      return pending.await(properties.patience());
    } catch (ExecutionException e) {
      return Postgres.ask(() -> {
        throw e.getCause() instanceof DataAccessException refused
            ? refused
            : new IllegalStateException(e.getCause());
      });
    } catch (TimeoutException e) {
      throw Postgres.unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Postgres.unavailable(e);
    }
  }

  private void commitNext() throws InterruptedException {
    List<Pending<C, R>> batch = nextBatch();
    if (!batch.isEmpty()) {
      batches.record(batch.size());
      store(batch);
    }
  }

  private void store(List<Pending<C, R>> batch) {
    try {
      List<R> results = store.store(batch.stream().map(Pending::change).toList());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).done(results.get(i));
      }
    } catch (DataAccessException e) {
      refused(batch, e);
    } catch (RuntimeException e) {
      batch.forEach(pending -> pending.fail(e));
    }
  }

  /** One that the database refuses must not take the others with it. */
  private void refused(List<Pending<C, R>> batch, DataAccessException refusal) {
    if (batch.size() > 1 && !Postgres.isAway(refusal)) {
      batch.forEach(pending -> store(List.of(pending)));
    } else {
      batch.forEach(pending -> pending.fail(refusal));
    }
  }

  private List<Pending<C, R>> nextBatch() throws InterruptedException {
    List<Pending<C, R>> batch = new ArrayList<>();
    Set<Object> claimed = new HashSet<>();
    long size = 0;
    Pending<C, R> next = heldBack != null ? heldBack : queue.poll(POLL_SECONDS, TimeUnit.SECONDS);
    heldBack = null;
    while (next != null) {
      Collection<?> claims = next.change().claims();
      size += next.change().size();
      boolean fits = batch.isEmpty() || size <= properties.batchBytes().toBytes();
      if (!fits || !Collections.disjoint(claimed, claims)) {
        heldBack = next;
        break;
      }
      if (next.take()) {
        claimed.addAll(claims);
        batch.add(next);
      }
      next = batch.size() < properties.batchSize() ? queue.poll() : null;
    }
    return batch;
  }
}
