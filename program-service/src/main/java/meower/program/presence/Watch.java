package meower.program.presence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import meower.program.change.ChangeStore;
import meower.program.change.Changes;
import meower.program.change.PresenceChange;
import meower.web.events.ServerSentEvent;
import meower.work.BackgroundLoop;
import meower.work.Backoff;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at the changes of one program for all streams of this instance: when it is told of one, and
 * every second.
 */
final class Watch {

  static final int AT_ONCE = 500;

  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
  private static final Backoff AGAIN = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
  private static final int HELD = 2000;

  /** A snapshot is as good as new for those who ask within this time: changes come behind it. */
  private static final long SNAPSHOT_NANOS = Duration.ofSeconds(1).toNanos();

  private record Snapshot(PresenceLists.Listed list, long goodUntil) {}

  private final String program;
  private final ChangeStore store;
  private final PresenceLists lists;
  private final JsonMapper json;
  private final Semaphore news = new Semaphore(0);
  private final BackgroundLoop loop = new BackgroundLoop("presence-watch", AGAIN, this::look);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ReentrantLock listing = new ReentrantLock();
  private @Nullable RecentChanges recent;
  private @Nullable Snapshot ownSnapshot;
  private @Nullable Snapshot publicSnapshot;
  private volatile boolean isPublic = true;
  private volatile boolean isGone;
  private final AtomicInteger era = new AtomicInteger();

  Watch(String program, ChangeStore store, PresenceLists lists, JsonMapper json) {
    this.program = program;
    this.store = store;
    this.lists = lists;
    this.json = json;
  }

  void start() {
    loop.start();
  }

  void stop() {
    loop.stop(Duration.ZERO);
  }

  /** There may be something new. */
  void ring() {
    news.release();
  }

  /** Has all streams look whether they are over. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Tells whether somebody who was let in may go on reading. */
  boolean isReadableBy(String caller) {
    return !isGone && (isPublic || caller.equals(program));
  }

  /**
   * Returns another number whenever it is not certain any more that what was told before is what
   * what comes next is behind of.
   */
  int era() {
    return era.get();
  }

  /**
   * Waits for what comes after a version.
   *
   * @param over ends the waiting when it holds; is looked at after {@link #wake()}
   * @return empty events if there are none within the time; nothing if this is to be asked of the
   *     store, because it is not held here
   */
  Optional<RecentChanges.Next> await(long position, Duration timeout, BooleanSupplier over)
      throws InterruptedException {
    long left = timeout.toNanos();
    lock.lock();
    try {
      while (left > 0 && !over.getAsBoolean() && (recent == null || position >= recent.head())) {
        left = changed.awaitNanos(left);
      }
      return recent == null
          ? Optional.of(new RecentChanges.Next(position, ""))
          : recent.after(position, AT_ONCE);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns everybody as they were a second ago at most, encoded once for all who ask meanwhile.
   *
   * @throws meower.web.ProblemException 404 if the presence is gone, 503 while Postgres is away
   */
  PresenceLists.Listed snapshot(String caller) {
    boolean isOwn = caller.equals(program);
    listing.lock();
    try {
      @Nullable Snapshot known = isOwn ? ownSnapshot : publicSnapshot;
      if (known == null || System.nanoTime() - known.goodUntil() >= 0) {
        long now = System.nanoTime();
        known = new Snapshot(lists.list(program, isOwn), now + SNAPSHOT_NANOS);
        if (isOwn) {
          ownSnapshot = known;
        } else {
          publicSnapshot = known;
        }
      }
      return known.list();
    } finally {
      listing.unlock();
    }
  }

  /** Returns what the store has after a version; nothing if the presence is gone. */
  Optional<Changes> ask(long position) {
    return store.after(program, position, AT_ONCE);
  }

  /** Returns changes as events, one behind the other. */
  String events(List<PresenceChange> changes) {
    StringBuilder events = new StringBuilder();
    changes.forEach(change -> events.append(event(change)));
    return events.toString();
  }

  private String event(PresenceChange change) {
    return ServerSentEvent.of(
        change.name(),
        Long.toString(change.version()),
        json.writeValueAsString(
            new PresenceLists.ObjectAnswer(change.id(), change.lastSeen().toString())));
  }

  private void look() throws InterruptedException {
    news.drainPermits();
    @Nullable RecentChanges known = recent;
    long position = known == null ? Long.MAX_VALUE : known.head();
    Optional<Changes> changes = ask(position);
    isPublic = changes.map(Changes::isPublic).orElse(false);
    isGone = changes.isEmpty();
    changes.ifPresent(next -> take(next, position));
    wake();
    if (changes.map(found -> found.next().size()).orElse(0) < AT_ONCE) {
      news.tryAcquire(POLL_INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** Only this thread changes what is held. */
  private void take(Changes changes, long position) {
    List<RecentChanges.Told> told =
        changes.next().stream()
            .map(change -> new RecentChanges.Told(change.version(), event(change)))
            .toList();
    lock.lock();
    try {
      if (recent == null) {
        recent = new RecentChanges(changes.version(), HELD);
      } else if (changes.covers(position)) {
        recent.add(told);
      } else {
        recent.restart(changes.version());
        era.incrementAndGet();
      }
    } finally {
      lock.unlock();
    }
  }
}
