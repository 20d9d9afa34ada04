package meower.program.queue;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import meower.web.ProblemException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How much still fits into the queues of a program.
 *
 * <p>Postgres counts once in a while, and at most for a twentieth of the time; in between each
 * instance adds what it does itself. So a limit may be passed by what other instances take in
 * within that time, and no publish waits for another one because both have to count.
 */
@Component
public class Room {

  /** What a message takes besides its body. */
  static final int OVERHEAD = 100;

  private static final long SHORTEST_NANOS = 1_000_000_000;
  private static final int COST_FACTOR = 20;
  private static final int MOST_KNOWN = 10_000;

  /** What is in one queue. */
  private record Fill(AtomicLong messages, AtomicLong bytes, AtomicLong leased) {
    Fill(long messages, long bytes, long leased) {
      this(new AtomicLong(messages), new AtomicLong(bytes), new AtomicLong(leased));
    }
  }

  private record Measured(Map<Long, Fill> queues, long goodUntil) {
    long bytes() {
      return queues.values().stream().mapToLong(fill -> fill.bytes().get()).sum();
    }
  }

  private static final class Program {
    private final ReentrantLock counting = new ReentrantLock();
    private volatile Measured measured = new Measured(new ConcurrentHashMap<>(), 0);
    private volatile boolean isKnown;
  }

  private final JdbcClient jdbc;
  private final QueueProperties properties;
  private final Map<String, Program> programs = new ConcurrentHashMap<>();

  Room(JdbcClient jdbc, QueueProperties properties) {
    this.jdbc = jdbc;
    this.properties = properties;
  }

  /**
   * Says that messages are going to be stored.
   *
   * @param bytes of their bodies
   * @throws ProblemException 429 if they do not fit
   */
  public void require(Queue queue, int messages, long bytes) {
    Measured measured = measured(queue.program());
    Fill fill = fill(measured, queue);
    long more = bytes + (long) messages * OVERHEAD;
    if (fill.messages().get() + messages > properties.messages()) {
      throw QueueProblems.full(
          "A queue holds %,d messages. Have them fetched and acknowledged, then publish again; nothing was stored."
              .formatted(properties.messages()));
    }
    if (fill.bytes().get() + more > properties.bytes().toBytes()) {
      throw QueueProblems.full(
          "A queue with its dead letters holds %d MiB. Have messages acknowledged or delete dead letters, then publish again; nothing was stored."
              .formatted(properties.bytes().toMegabytes()));
    }
    if (measured.bytes() + more > properties.bytesPerProgram().toBytes()) {
      throw QueueProblems.full(
          "All queues of a program hold %d MiB together. Have messages acknowledged or delete dead letters, then publish again; nothing was stored."
              .formatted(properties.bytesPerProgram().toMegabytes()));
    }
    fill.messages().addAndGet(messages);
    fill.bytes().addAndGet(more);
  }

  /** Returns how many further messages of the queue may be leased. */
  public int leases(Queue queue) {
    long leased = fill(measured(queue.program()), queue).leased().get();
    return Math.clamp(properties.leased() - leased, 0, properties.leased());
  }

  /** Counts messages of the queue that are leased from now on; fewer than none if they are not. */
  public void leased(Queue queue, int count) {
    Program program = programs.get(queue.program());
    if (program != null) {
      fill(program.measured, queue).leased().addAndGet(count);
    }
  }

  /** A queue that was made after the counting is empty. */
  private static Fill fill(Measured measured, Queue queue) {
    return measured.queues().computeIfAbsent(queue.id(), _ -> new Fill(0, 0, 0));
  }

  private Measured measured(String name) {
    if (programs.size() > MOST_KNOWN) {
      programs.clear();
    }
    Program program = programs.computeIfAbsent(name, _ -> new Program());
    if (program.isKnown && System.nanoTime() - program.measured.goodUntil() < 0) {
      return program.measured;
    }
    // Who has an older figure works with that while somebody counts.
    if (program.isKnown && !program.counting.tryLock()) {
      return program.measured;
    }
    if (!program.counting.isHeldByCurrentThread()) {
      program.counting.lock();
    }
    try {
      if (!program.isKnown || System.nanoTime() - program.measured.goodUntil() >= 0) {
        program.measured = count(name, program);
        program.isKnown = true;
      }
      return program.measured;
    } finally {
      program.counting.unlock();
    }
  }

  private Measured count(String name, Program program) {
    long begin = System.nanoTime();
    Map<Long, Fill> queues;
    try {
      queues = count(name);
    } catch (DataAccessException e) {
      if (!program.isKnown) {
        throw e;
      }
      queues = program.measured.queues();
    }
    long end = System.nanoTime();
    return new Measured(queues, end + Math.max(SHORTEST_NANOS, COST_FACTOR * (end - begin)));
  }

  private Map<Long, Fill> count(String program) {
    return jdbc
        .sql(
            """
            select queue.id, message.count, message.leased,
              coalesce(message.bytes, 0) + coalesce(dead.bytes, 0) as bytes
            from queue
            cross join lateral (
              select count(*), sum(octet_length(body) + :overhead) as bytes,
                count(*) filter (where lease is not null and visible_at > now()) as leased
              from message where message.queue = queue.id) as message
            cross join lateral (
              select sum(octet_length(body) + :overhead) as bytes
              from dead_letter where dead_letter.queue = queue.id) as dead
            where queue.program = :program
            """)
        .param("program", program)
        .param("overhead", OVERHEAD)
        .query((row, _) ->
            Map.entry(
                row.getLong("id"),
                new Fill(row.getLong("count"), row.getLong("bytes"), row.getLong("leased"))))
        .list()
        .stream()
        .collect(Collectors.toConcurrentMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
