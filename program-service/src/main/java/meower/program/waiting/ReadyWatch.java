package meower.program.waiting;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Looks every second, or as soon as the next one is due, for messages that became ready because
 * time went by: after a delay, at the end of a lease, or told by nobody.
 *
 * <p>Where Postgres does not answer, who waits is told so and not left to wait.
 */
@Component
final class ReadyWatch implements BackgroundWork {

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration SHORTEST = Duration.ofMillis(20);
  private static final double MILLIS_PER_SECOND = 1000;

  private final WaitingRooms rooms;
  private final JdbcClient jdbc;
  private final BackgroundLoop loop =
      new BackgroundLoop("ready-watch", Backoff.DEFAULT, this::look);

  ReadyWatch(WaitingRooms rooms, JdbcClient jdbc) {
    this.rooms = rooms;
    this.jdbc = jdbc;
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  private void look() throws InterruptedException {
    Set<Long> queues = rooms.queues();
    double soonest = queues.isEmpty() ? Double.MAX_VALUE : wake(queues);
    long millis = Math.min(INTERVAL.toMillis(), (long) Math.ceil(soonest * MILLIS_PER_SECOND));
    Thread.sleep(Math.max(SHORTEST.toMillis(), millis));
  }

  /** Returns in how many seconds the next message is due for which somebody waits. */
  private double wake(Set<Long> queues) {
    try {
      Map<Long, Double> due = due(queues);
      due.forEach((queue, seconds) -> {
        if (seconds <= 0) {
          rooms.ring(queue, 1);
        }
      });
      return due.values().stream()
          .mapToDouble(seconds -> seconds <= 0 ? 1.0 : seconds)
          .min()
          .orElse(Double.MAX_VALUE);
    } catch (RuntimeException e) {
      rooms.ringAll();
      throw e;
    }
  }

  private Map<Long, Double> due(Set<Long> queues) {
    return jdbc
        .sql(
            """
            select queue, extract(epoch from first.visible_at - now())::float8 as seconds
            from unnest(:queues) as queue
            cross join lateral (
              select visible_at from message
              where message.queue = queue.queue and not exhausted
              order by visible_at, seq limit 1) as first
            """)
        .param("queues", queues.toArray(Long[]::new))
        .query((row, _) -> Map.entry(row.getLong("queue"), row.getDouble("seconds")))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
