package meower.program.lease;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import meower.database.StrictJdbc;
import meower.program.message.Form;
import meower.program.queue.Queue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes leases on messages, and gives back those that nobody got to know of. */
@Component
class FetchStore {

  /** So many bytes one fetch brings at most, of bodies. */
  static final int MOST_BYTES = 1024 * 1024;

  private final JdbcClient jdbc;

  FetchStore(DataSource database) {
    this.jdbc = StrictJdbc.on(database);
  }

  /**
   * Takes a lease on each of the first messages that are ready, in one statement.
   *
   * <p>What another fetch is just taking is passed over, and what it has taken is looked at again
   * under the lock: nobody else has a message while a lease on it holds.
   *
   * <p>Leases that are answered again are from now on those of the repetition: whoever was answered
   * with them before can no longer give them back.
   *
   * @param attempt under which the same leases are answered again while they hold
   */
  List<LeasedMessage> take(Queue queue, int most, Duration lease, Optional<UUID> attempt) {
    return jdbc.sql(
            """
            with again as (
              update message set leased_at = now()
              where queue = :queue and attempt = :attempt::uuid
                and lease is not null and visible_at > now()
              returning message.*, leased_at as since, true as repeated
            ), next as materialized (
              select seq, visible_at as since, octet_length(body) as size from message
              where queue = :queue and visible_at <= now() and not exhausted
                and not exists (select from again)
                and exists (select from queue where id = :queue and not paused)
              order by visible_at, seq limit :most
              for update of message skip locked
            ), fitting as materialized (
              select seq, since from (
                select seq, since, sum(size) over first_ones as bytes,
                  row_number() over first_ones as place
                from next window first_ones as (order by since, seq)) as summed
              where bytes <= :bytes or place = 1
            ), taken as (
              update message as mine
              set lease = gen_random_uuid(), leased_at = now(), attempt = :attempt::uuid,
                visible_at = now() + :lease * interval '1 millisecond',
                deliveries = mine.deliveries + 1, exhausted = mine.deliveries + 1 >= :deliveries
              from fitting
              where mine.queue = :queue and mine.seq = fitting.seq and mine.visible_at <= now()
              returning mine.*, fitting.since, false as repeated
            )
            select * from taken
            union all
            select * from again
            order by since, seq
            """)
        .param("queue", queue.id())
        .param("attempt", attempt.map(UUID::toString).orElse(null))
        .param("most", most)
        .param("bytes", MOST_BYTES)
        .param("lease", lease.toMillis())
        .param("deliveries", queue.definition().maxDeliveries())
        .query((row, _) -> message(row))
        .list();
  }

  /**
   * Gives leases back that nobody got to know of: the messages are where they were, as if they had
   * not been fetched. Those that were answered again meanwhile are kept.
   *
   * @return how many were given back
   */
  int giveBack(Queue queue, List<LeasedMessage> answered) {
    List<LeasedMessage> messages = answered.stream().filter(m -> !m.repeated()).toList();
    return jdbc.sql(
            """
            update message set lease = null, attempt = null, visible_at = given.since,
              deliveries = deliveries - 1, exhausted = false
            from unnest(:seqs, :leases::uuid[], :leased::timestamptz[], :since::timestamptz[])
              as given (seq, lease, leased_at, since)
            where message.queue = :queue and message.seq = given.seq
              and message.lease = given.lease and message.leased_at = given.leased_at
              and message.visible_at > now()
            """)
        .param("queue", queue.id())
        .param("seqs", messages.stream().map(m -> m.lease().seq()).toArray(Long[]::new))
        .param(
            "leases",
            messages.stream().map(m -> m.lease().secret().toString()).toArray(String[]::new))
        .param("leased", messages.stream().map(m -> m.leasedAt().toString()).toArray(String[]::new))
        .param("since", messages.stream().map(m -> m.since().toString()).toArray(String[]::new))
        .update();
  }

  private static LeasedMessage message(ResultSet row) throws SQLException {
    return new LeasedMessage(
        new Lease(row.getLong("seq"), row.getObject("lease", UUID.class)),
        row.getString("id"),
        row.getBytes("body"),
        Form.of(row.getString("form")),
        row.getString("content_type"),
        row.getObject("published_at", OffsetDateTime.class).toInstant(),
        row.getInt("deliveries"),
        row.getObject("visible_at", OffsetDateTime.class).toInstant(),
        row.getObject("leased_at", OffsetDateTime.class),
        row.getObject("since", OffsetDateTime.class),
        row.getBoolean("repeated"));
  }
}
