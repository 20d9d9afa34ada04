package meower.command.post;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import meower.command.meow.Unavailable;
import meower.web.ProblemException;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets posts that come at the same time share one commit.
 *
 * <p>What arrives while one commit is under way goes together into the next. So nothing waits while
 * it is quiet, and under load one write to the disk serves hundreds. The queue is bounded: when it
 * is full a post is refused at once instead of waiting in vain.
 */
@Component
class GroupCommit implements BackgroundWork {

  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  private final BatchCommit batchCommit;
  private final PostProperties properties;
  private final BlockingQueue<PendingPost> queue;
  private final DistributionSummary batches;
  private final Counter refused;
  private final BackgroundLoop loop =
      new BackgroundLoop("group-commit", Backoff.DEFAULT, this::commitNext);
  private @Nullable PendingPost heldBack;

  GroupCommit(BatchCommit batchCommit, PostProperties properties, MeterRegistry metrics) {
    this.batchCommit = batchCommit;
    this.properties = properties;
    this.queue = new ArrayBlockingQueue<>(properties.queueCapacity());
    this.batches =
        DistributionSummary.builder("meower.posts.batch")
            .description("How many posts shared one commit")
            .register(metrics);
    this.refused =
        Counter.builder("meower.posts.refused")
            .description("Posts refused because too many were waiting or none was answered in time")
            .register(metrics);
    Gauge.builder("meower.posts.waiting", queue, BlockingQueue::size)
        .description("Posts that wait for a commit")
        .register(metrics);
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  /**
   * Puts a post behind those that wait.
   *
   * @throws ProblemException 503 if these are too many
   */
  void submit(PendingPost post) {
    if (!queue.offer(post)) {
      throw refused(null);
    }
  }

  /**
   * Returns when the post is on disk; false if it is not because its key had been taken before.
   *
   * @throws ProblemException 503 if Postgres cannot take it in time, counted from when it came
   */
  boolean await(PendingPost post) {
    try {
      return post.await(properties.patience().minus(post.age()));
    } catch (TimeoutException e) {
      throw refused(e);
    } catch (ExecutionException e) {
      throw refused(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused(e);
    }
  }

  private ProblemException refused(@Nullable Throwable cause) {
    refused.increment();
    return Unavailable.because(cause);
  }

  private void commitNext() throws InterruptedException {
    List<PendingPost> batch = nextBatch();
    if (!batch.isEmpty()) {
      batches.record(batch.size());
      batchCommit.store(batch);
    }
  }

  /** Of two posts under the same key the second waits until the first is decided. */
  private List<PendingPost> nextBatch() throws InterruptedException {
    List<PendingPost> batch = new ArrayList<>();
    Set<PostKey> keys = new HashSet<>();
    PendingPost next =
        heldBack != null ? heldBack : queue.poll(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    heldBack = null;
    while (next != null) {
      if (!next.key().map(keys::add).orElse(true)) {
        heldBack = next;
        break;
      }
      if (next.take()) {
        batch.add(next);
      }
      next = batch.size() < properties.batchSize() ? queue.poll() : null;
    }
    return batch;
  }
}
