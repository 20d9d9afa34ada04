package meower.program.lease;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import meower.program.commit.CommitProperties;
import meower.program.queue.Queue;
import meower.program.queue.Room;
import meower.program.request.Postgres;
import meower.program.waiting.Wakeups;
import meower.web.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Lets fetches from one queue that come at the same time share one statement.
 *
 * <p>Who comes while nobody fetches from the queue does so at once. Who comes meanwhile waits in
 * line; when that is done, the first of the line fetches for itself and for those behind it, and
 * what was found is handed out in the order in which they came.
 *
 * <p>A fetch that may be repeated shares with nobody: what it found is found again for it alone.
 */
@Component
class SharedFetch {

  /** So many bytes one fetch brings at most, of bodies. */
  static final int MOST_BYTES = 1024 * 1024;

  private static final int MOST_SHARED_BYTES = 4 * MOST_BYTES;
  private static final String KIND = "fetch";
  private static final Logger log = LoggerFactory.getLogger(SharedFetch.class);

  /** What one statement can find: leases of one length, from one queue. */
  private record Kind(Queue queue, Duration lease) {}

  /**
   * A fetch in line.
   *
   * @param turn what was found for it, or nothing if it is its turn to fetch
   */
  private record Waiting(int most, CompletableFuture<Optional<List<LeasedMessage>>> turn) {

    /** How much it brings at most, whatever the messages are like. */
    int bytes() {
      return Math.min(most, MOST_BYTES / Queue.MOST_MESSAGE_BYTES) * Queue.MOST_MESSAGE_BYTES;
    }
  }

  private final FetchStore store;
  private final Room room;
  private final Wakeups wakeups;
  private final Duration patience;
  private final DistributionSummary batches;
  private final ReentrantLock lock = new ReentrantLock();

  /** Who waits, in order; there is a line as long as somebody fetches. */
  private final Map<Kind, Deque<Waiting>> lines = new HashMap<>();

  SharedFetch(
      FetchStore store,
      Room room,
      Wakeups wakeups,
      CommitProperties properties,
      MeterRegistry metrics) {
    this.store = store;
    this.room = room;
    this.wakeups = wakeups;
    this.patience = properties.patience();
    this.batches =
        DistributionSummary.builder("meower.queues.batch")
            .tag("kind", KIND)
            .description("How many calls shared one commit")
            .register(metrics);
    Gauge.builder("meower.queues.waiting", this, SharedFetch::waiting)
        .tag("kind", KIND)
        .description("Calls that wait for a commit")
        .register(metrics);
  }

  /**
   * Takes a lease on each of the messages that are ready.
   *
   * @param most of them
   * @throws DataAccessException if Postgres does not give any
   * @throws ProblemException 503 if it does not answer in time
   */
  List<LeasedMessage> take(Fetch fetch, int most) {
    if (fetch.attempt().isPresent()) {
      return take(fetch.queue(), most, MOST_BYTES, fetch.lease(), fetch.attempt());
    }
    Kind kind = new Kind(fetch.queue(), fetch.lease());
    Waiting mine = new Waiting(most, new CompletableFuture<>());
    Optional<List<LeasedMessage>> found = isFirst(kind, mine) ? Optional.empty() : await(mine);
    return found.orElseGet(() -> lead(kind, mine));
  }

  /** Returns whether nobody fetches; otherwise it stands in line. */
  private boolean isFirst(Kind kind, Waiting mine) {
    lock.lock();
    try {
      Deque<Waiting> line = lines.get(kind);
      if (line == null) {
        lines.put(kind, new ArrayDeque<>());
        return true;
      }
      line.addLast(mine);
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** What was found for somebody who has given up is given back by whoever found it. */
  private Optional<List<LeasedMessage>> await(Waiting mine) {
    try {
      return mine.turn().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof DataAccessException refused
          ? refused
          : new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      return givenUp(mine, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return givenUp(mine, e);
    }
  }

  private static Optional<List<LeasedMessage>> givenUp(Waiting mine, Exception cause) {
    if (mine.turn().completeExceptionally(cause)) {
      throw Postgres.unavailable(cause);
    }
    return mine.turn().join();
  }

  /** Fetches for itself and for those in line, as far as one statement goes. */
  private List<LeasedMessage> lead(Kind kind, Waiting mine) {
    List<Waiting> others = List.of();
    try {
      others = sharers(kind, mine);
      batches.record(1.0 + others.size());
      int most = mine.most() + others.stream().mapToInt(Waiting::most).sum();
      int bytes = mine.bytes() + others.stream().mapToInt(Waiting::bytes).sum();
      Deque<LeasedMessage> found =
          new ArrayDeque<>(take(kind.queue(), most, bytes, kind.lease(), Optional.empty()));
      List<LeasedMessage> share = share(found, mine);
      others.forEach(other -> handOut(found, other));
      if (!found.isEmpty()) {
        giveBack(kind.queue(), List.copyOf(found));
      }
      return share;
    } catch (RuntimeException e) {
      others.forEach(other -> other.turn().completeExceptionally(e));
      if (Postgres.isAway(e)) {
        dismiss(kind, e);
      }
      throw e;
    } finally {
      passOn(kind);
    }
  }

  /**
   * Who comes along. Each counts with all that it may get: so nobody goes away with nothing because
   * the statement ended for its bytes.
   */
  private List<Waiting> sharers(Kind kind, Waiting mine) {
    List<Waiting> sharers = new ArrayList<>();
    int bytes = mine.bytes();
    lock.lock();
    try {
      Deque<Waiting> line = line(kind);
      while (!line.isEmpty() && bytes + line.getFirst().bytes() <= MOST_SHARED_BYTES) {
        Waiting next = line.removeFirst();
        if (!next.turn().isDone()) {
          bytes += next.bytes();
          sharers.add(next);
        }
      }
    } finally {
      lock.unlock();
    }
    return sharers;
  }

  /** While somebody fetches there is one. */
  private Deque<Waiting> line(Kind kind) {
    return Objects.requireNonNull(lines.get(kind));
  }

  private static List<LeasedMessage> share(Deque<LeasedMessage> found, Waiting taker) {
    List<LeasedMessage> share = new ArrayList<>();
    long bytes = 0;
    while (!found.isEmpty() && share.size() < taker.most()) {
      bytes += found.getFirst().body().length;
      if (bytes > MOST_BYTES && !share.isEmpty()) {
        break;
      }
      share.add(found.removeFirst());
    }
    return share;
  }

  private static void handOut(Deque<LeasedMessage> found, Waiting taker) {
    List<LeasedMessage> share = share(found, taker);
    if (!taker.turn().complete(Optional.of(share))) {
      share.reversed().forEach(found::addFirst);
    }
  }

  private int waiting() {
    lock.lock();
    try {
      return lines.values().stream().mapToInt(Deque::size).sum();
    } finally {
      lock.unlock();
    }
  }

  /** Whoever waits while Postgres is away is told so, and does not find out in turn. */
  private void dismiss(Kind kind, RuntimeException cause) {
    lock.lock();
    try {
      Deque<Waiting> line = line(kind);
      line.forEach(waiting -> waiting.turn().completeExceptionally(cause));
      line.clear();
    } finally {
      lock.unlock();
    }
  }

  /** It is the turn of the next one who still waits. */
  private void passOn(Kind kind) {
    lock.lock();
    try {
      Deque<Waiting> line = line(kind);
      boolean isPassedOn = false;
      while (!isPassedOn && !line.isEmpty()) {
        isPassedOn = line.removeFirst().turn().complete(Optional.empty());
      }
      if (!isPassedOn) {
        lines.remove(kind);
      }
    } finally {
      lock.unlock();
    }
  }

  private List<LeasedMessage> take(
      Queue queue, int most, int bytes, Duration lease, Optional<UUID> attempt) {
    List<LeasedMessage> found = store.take(queue, most, bytes, lease, attempt);
    room.leased(queue, taken(found));
    return found;
  }

  /** Returns how many leases are new; the others are counted already. */
  static int taken(List<LeasedMessage> found) {
    return Math.toIntExact(found.stream().filter(message -> !message.repeated()).count());
  }

  /** Nobody got to know of these leases; if that cannot be said now, they end by themselves. */
  void giveBack(Queue queue, List<LeasedMessage> messages) {
    try {
      int given = store.giveBack(queue, messages);
      room.leased(queue, -given);
      wakeups.ready(queue.id(), given);
    } catch (DataAccessException e) {
      log.warn("leases={} state=kept reason=\"{}\"", messages.size(), e.toString());
    }
  }
}
