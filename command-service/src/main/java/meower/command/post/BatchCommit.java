package meower.command.post;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import meower.database.ConnectionFailures;
import meower.schema.MeowId;
import meower.work.Backoff;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/**
 * Stores a batch of posts, also when the connection breaks: then nobody knows whether it is stored,
 * and it is tried again under the same ids, for as long as somebody waits for it.
 *
 * <p>So a failover of a few seconds is a slow answer and not a refusal. What a broken try stored
 * after all is found by its id, and is not stored again.
 */
@Component
class BatchCommit {

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(50), Duration.ofMillis(500));

  private final MeowStore store;

  BatchCommit(MeowStore store) {
    this.store = store;
  }

  /** Decides each of the posts: stored, its key taken before, or failed. */
  void store(List<PendingPost> posts) throws InterruptedException {
    List<PendingPost> batch = posts;
    for (int failures = 0; !batch.isEmpty(); failures++) {
      try {
        store(batch, failures > 0);
        return;
      } catch (RuntimeException e) {
        if (!ConnectionFailures.includes(e)) {
          batch.forEach(post -> post.fail(e));
          return;
        }
      }
      batch = batch.stream().filter(PendingPost::isAwaited).toList();
      pause(batch, failures + 1);
    }
  }

  private void store(List<PendingPost> batch, boolean repeated) {
    List<PendingPost> missing = repeated ? without(store.stored(batch), batch) : batch;
    if (missing.isEmpty()) {
      return;
    }
    try {
      Set<MeowId> stored = store.insert(missing);
      missing.forEach(post -> post.decide(stored.contains(post.meow().id())));
    } catch (DataIntegrityViolationException e) {
      alone(missing, e);
    }
  }

  private static List<PendingPost> without(Set<MeowId> stored, List<PendingPost> batch) {
    batch.stream().filter(post -> stored.contains(post.meow().id())).forEach(p -> p.decide(true));
    return batch.stream().filter(post -> !stored.contains(post.meow().id())).toList();
  }

  /**
   * One post that the database refuses must not take the others with it. It may refuse one because
   * a broken try has stored it just now.
   */
  private void alone(List<PendingPost> batch, DataIntegrityViolationException refusal) {
    if (batch.size() > 1) {
      batch.forEach(post -> store(List.of(post), true));
      return;
    }
    List<PendingPost> refused = without(store.stored(batch), batch);
    refused.forEach(post -> post.fail(refusal));
  }

  private static void pause(List<PendingPost> batch, int failures) throws InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    try {
      Thread.sleep(BACKOFF.delay(failures, ThreadLocalRandom.current()));
    } catch (InterruptedException e) {
      batch.forEach(post -> post.fail(new IllegalStateException("the service stops", e)));
      throw e;
    }
  }
}
