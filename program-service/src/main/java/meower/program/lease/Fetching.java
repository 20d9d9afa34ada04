package meower.program.lease;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import meower.program.queue.Queue;
import meower.program.queue.Room;
import meower.program.request.Postgres;
import meower.program.waiting.WaitingRooms;
import meower.program.waiting.Wakeups;
import meower.web.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Fetches messages, and waits for them. */
@Component
class Fetching {

  private static final Logger log = LoggerFactory.getLogger(Fetching.class);

  private final FetchStore store;
  private final Room room;
  private final WaitingRooms rooms;
  private final Wakeups wakeups;
  private final Counter fetched;

  Fetching(
      FetchStore store, Room room, WaitingRooms rooms, Wakeups wakeups, MeterRegistry metrics) {
    this.store = store;
    this.room = room;
    this.rooms = rooms;
    this.wakeups = wakeups;
    this.fetched =
        Counter.builder("meower.queues.fetched")
            .description("Deliveries of messages to those who fetch")
            .register(metrics);
  }

  /**
   * Returns messages with a lease on each; none if none comes within the time.
   *
   * @throws ProblemException 429 if too many wait already, 503 if Postgres does not answer
   */
  List<LeasedMessage> fetch(Fetch fetch) {
    List<LeasedMessage> found = take(fetch);
    if (found.isEmpty() && !fetch.timeout().isZero()) {
      found = await(fetch);
    }
    fetched.increment(taken(found));
    return found;
  }

  private List<LeasedMessage> await(Fetch fetch) {
    long begin = System.nanoTime();
    try (WaitingRooms.Waiter waiter = rooms.enter(fetch.queue().id())) {
      while (true) {
        // From here on nothing that comes is missed, so it is looked for once more.
        waiter.listen();
        List<LeasedMessage> found = take(fetch);
        Duration left = fetch.timeout().minusNanos(System.nanoTime() - begin);
        if (!found.isEmpty() || !left.isPositive() || !rooms.isOpen()) {
          return found;
        }
        waiter.sleep(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private List<LeasedMessage> take(Fetch fetch) {
    return Postgres.ask(() -> {
      int most = Math.min(fetch.most(), room.leases(fetch.queue()));
      List<LeasedMessage> found = store.take(fetch.queue(), most, fetch.lease(), fetch.attempt());
      room.leased(fetch.queue(), taken(found));
      if (!found.isEmpty() && found.size() == most) {
        rooms.ring(fetch.queue().id(), 1); // there may be more
      }
      return found;
    });
  }

  /** Returns how many leases are new; the others are counted already. */
  private static int taken(List<LeasedMessage> found) {
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
