package meower.program.feed.presence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import meower.database.SchemaMigration;
import meower.program.change.ChangeNews;
import meower.program.feed.presence.PresenceFeedStore.Due;
import meower.program.feed.presence.PresenceFlow.Flowing;
import meower.program.queue.Queue;
import meower.program.queue.Room;
import meower.program.waiting.Wakeups;
import meower.web.ProblemException;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Lets who comes and who leaves flow into queues: when it is told of a change, and every second.
 * Every instance does, each feed one at a time: where it is stands beside its messages and moves in
 * the transaction that stores them.
 */
@Component
final class PresenceFeeder implements BackgroundWork {

  private static final Logger log = LoggerFactory.getLogger(PresenceFeeder.class);
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  private final PresenceFeedStore store;
  private final SchemaMigration schema;
  private final Room room;
  private final Wakeups wakeups;
  private final Clock clock;
  private final Counter flowed;
  private final Counter gaps;
  private final Semaphore told = new Semaphore(0);
  private final BackgroundLoop loop =
      new BackgroundLoop("presence-feeds", Backoff.DEFAULT, this::round);

  PresenceFeeder(
      PresenceFeedStore store,
      SchemaMigration schema,
      Room room,
      Wakeups wakeups,
      ChangeNews news,
      MeterRegistry metrics) {
    this.store = store;
    this.schema = schema;
    this.room = room;
    this.wakeups = wakeups;
    this.clock = Clock.systemUTC();
    this.flowed =
        Counter.builder("meower.presence.feeds.flowed")
            .description("Changes of presences that flowed into queues")
            .register(metrics);
    this.gaps =
        Counter.builder("meower.presence.feeds.gaps")
            .description(
                "Messages that say that changes were not kept for as long as a queue was full")
            .register(metrics);
    news.listen(_ -> told.release());
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  private void round() throws InterruptedException {
    if (!schema.await(POLL_INTERVAL)) {
      return;
    }
    told.drainPermits();
    boolean isMore = false;
    for (Due due : store.due()) {
      List<Flowing> flowing =
          store.flow(
              due,
              (position, next) ->
                  fitting(
                      due.queue(),
                      PresenceFlow.of(due.presence(), position, next, clock.instant())));
      isMore |= flowing.size() >= PresenceFeedStore.AT_ONCE;
      count(due.queue(), flowing);
    }
    if (!isMore) {
      told.tryAcquire(POLL_INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void count(Queue queue, List<Flowing> flowing) {
    if (flowing.isEmpty()) {
      return;
    }
    int missing = (int) flowing.stream().filter(Flowing::isGap).count();
    if (missing > 0) {
      log.warn("queue={} feed=gap reason=changes-not-kept", queue.name());
    }
    gaps.increment(missing);
    flowed.increment(flowing.size() - missing);
    wakeups.ready(queue.id(), flowing.size());
  }

  /** Returns as many of the first ones as there is room for: what is left waits. */
  private List<Flowing> fitting(Queue queue, List<Flowing> flowing) {
    for (int count = flowing.size(); count > 0; count /= 2) {
      List<Flowing> first = flowing.subList(0, count);
      try {
        room.require(queue, count, first.stream().mapToLong(one -> one.body().length).sum());
        return first;
      } catch (ProblemException e) {
        log.debug("queue={} feed=stands reason=full", queue.name());
      }
    }
    return List.of();
  }
}
