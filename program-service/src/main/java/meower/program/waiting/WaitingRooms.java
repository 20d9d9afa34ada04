package meower.program.waiting;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import meower.program.queue.QueueProperties;
import meower.web.ProblemException;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * The fetches that wait, a room for each queue.
 *
 * <p>As many are woken as there are messages, the one first that has waited for longest: a message
 * wakes one fetch and not a hundred. Who was woken and does not need it wakes the next one.
 */
@Component
public final class WaitingRooms {

  private static final class Room {
    private final Deque<Waiter> sleeping = new ArrayDeque<>();
    private int visitors;
  }

  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Room> rooms = new HashMap<>();
  private volatile boolean open = true;

  WaitingRooms(QueueProperties properties) {
    this.most = properties.waiting();
  }

  /** A fetch that waits until something may be there. */
  public final class Waiter implements AutoCloseable {

    private final long queue;
    private final Room room;
    private final Semaphore wakeups = new Semaphore(0);
    private boolean asleep;

    private Waiter(long queue, Room room) {
      this.queue = queue;
      this.room = room;
    }

    /**
     * Wakes up when something comes, from now on: whoever looks after this and finds nothing can
     * sleep, and misses nothing.
     */
    public void listen() {
      lock.lock();
      try {
        if (!asleep) {
          asleep = true;
          room.sleeping.addLast(this);
        }
      } finally {
        lock.unlock();
      }
    }

    /** Returns when something may have come since {@link #listen()}, or after the time. */
    public void sleep(Duration atMost) throws InterruptedException {
      if (open && wakeups.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
        wakeups.drainPermits();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        room.sleeping.remove(this);
        asleep = false;
        room.visitors--;
        if (room.visitors == 0) {
          rooms.remove(queue);
        }
      } finally {
        lock.unlock();
      }
      if (wakeups.drainPermits() > 0) {
        ring(queue, 1);
      }
    }
  }

  /**
   * Lets a fetch wait.
   *
   * @throws ProblemException 429 if too many do
   */
  public Waiter enter(long queue) {
    lock.lock();
    try {
      Room room = rooms.computeIfAbsent(queue, _ -> new Room());
      if (room.visitors >= most) {
        throw full();
      }
      room.visitors++;
      return new Waiter(queue, room);
    } finally {
      lock.unlock();
    }
  }

  private ProblemException full() {
    ProblemException problem =
        new ProblemException(
            HttpStatus.TOO_MANY_REQUESTS,
            "too-many-calls",
            "Too many calls at once",
            "%d fetches wait for this queue already. Wait for the seconds that Retry-After says, or fetch more messages with fewer calls."
                .formatted(most));
    problem.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
    return problem;
  }

  /** Wakes fetches of a queue because this many messages may be there. */
  public void ring(long queue, int messages) {
    lock.lock();
    try {
      Room room = rooms.get(queue);
      for (int i = 0; room != null && i < messages && !room.sleeping.isEmpty(); i++) {
        Waiter waiter = room.sleeping.removeFirst();
        waiter.asleep = false;
        waiter.wakeups.release();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Wakes everybody, so that each looks for itself. */
  public void ringAll() {
    queues().forEach(queue -> ring(queue, most));
  }

  /** Returns the queues for which somebody waits. */
  public Set<Long> queues() {
    lock.lock();
    try {
      return Set.copyOf(rooms.keySet());
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many wait, for all queues together. */
  public int waiting() {
    lock.lock();
    try {
      return rooms.values().stream().mapToInt(room -> room.sleeping.size()).sum();
    } finally {
      lock.unlock();
    }
  }

  /** Tells whether it is worth waiting: a service that stops answers at once. */
  public boolean isOpen() {
    return open;
  }

  /**
   * Before the web server stops, which waits for those who wait. No phase of the lifecycle: what
   * depends on the rooms would stop with them, and with that the commits for which requests wait.
   */
  @EventListener(ContextClosedEvent.class)
  public void close() {
    open = false;
    ringAll();
  }
}
