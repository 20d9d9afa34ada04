package meower.program.lease;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import meower.database.StrictJdbc;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Settles leases in Postgres: whatever is done with how many of them, in one statement. */
@Component
class SettlementStore {

  private record Row(Settlement settlement, Lease lease) {}

  private final JdbcClient jdbc;

  SettlementStore(DataSource database) {
    this.jdbc = StrictJdbc.on(database);
  }

  /**
   * Settles leases that hold, and says of the others what is true of them.
   *
   * <p>The rows are locked in their order, so that two instances cannot wait for each other, and
   * what a lease is worth is decided under the lock.
   *
   * @param settlements no two for the same message
   * @return what became of the leases of each
   */
  List<List<Settlement.Outcome>> settle(List<Settlement> settlements) {
    List<Row> rows =
        settlements.stream()
            .flatMap(
                settlement -> settlement.leases().stream().map(lease -> new Row(settlement, lease)))
            .toList();
    Settlement.Outcome[] outcomes = new Settlement.Outcome[rows.size()];
    jdbc.sql(
            """
            with asked as materialized (
              select * from unnest(
                  :places, :queues, :seqs, :leases::uuid[], :actions, :millis, :reasons)
                as asked (place, queue, seq, lease, action, millis, reason)
            ), locked as materialized (
              select queue, seq, lease, visible_at > now() as holds from message
              where (queue, seq) in (select queue, seq from asked)
              order by queue, seq for update
            ), held as materialized (
              select asked.* from asked join locked using (queue, seq, lease) where holds
            ), acknowledged as (
              delete from message using held
              where action = 'a' and message.queue = held.queue and message.seq = held.seq
                and message.lease = held.lease
            ), requeued as (
              update message
              set lease = null, attempt = null,
                visible_at = now() + millis * interval '1 millisecond'
                  + place * interval '1 microsecond'
              from held
              where action = 'q' and message.queue = held.queue and message.seq = held.seq
                and message.lease = held.lease
            ), extended as (
              update message
              set visible_at = least(
                now() + millis * interval '1 millisecond', leased_at + interval '12 hours')
              from held
              where action = 'x' and message.queue = held.queue and message.seq = held.seq
                and message.lease = held.lease
              returning place, visible_at as until
            ), rejected as (
              delete from message using held
              where action in ('r', 'f') and message.queue = held.queue and message.seq = held.seq
                and message.lease = held.lease
              returning message.*, held.action, held.reason
            ), dead as (
              insert into dead_letter (queue, id, body, form, content_type, published_at,
                deliveries, meow, reason, last_error)
              select queue, id, body, form, content_type, published_at, deliveries, meow,
                case action when 'f' then 'refused' else 'rejected' end, reason
              from rejected
            )
            select place, place in (select place from held) as is_done,
              (queue, seq) in (select queue, seq from locked) as is_there, until
            from asked left join extended using (place)
            """)
        .param("places", places(rows.size()))
        .param("queues", column(rows, row -> row.settlement().queue().id(), Long[]::new))
        .param("seqs", column(rows, row -> row.lease().seq(), Long[]::new))
        .param("leases", column(rows, row -> row.lease().secret().toString(), String[]::new))
        .param("actions", column(rows, row -> row.settlement().action().letter(), String[]::new))
        .param("millis", column(rows, row -> row.settlement().action().millis(), Long[]::new))
        .param("reasons", reasons(rows))
        .query(row -> {
          outcomes[row.getInt("place")] = outcome(row);
        });
    return split(settlements, outcomes);
  }

  private static Settlement.Outcome outcome(ResultSet row) throws SQLException {
    if (row.getBoolean("is_done")) {
      return new Settlement.Outcome.Done(instant(row));
    }
    return row.getBoolean("is_there")
        ? new Settlement.Outcome.Lost()
        : new Settlement.Outcome.Gone();
  }

  private static @Nullable Instant instant(ResultSet row) throws SQLException {
    OffsetDateTime until = row.getObject("until", OffsetDateTime.class);
    return until == null ? null : until.toInstant();
  }

  private static List<List<Settlement.Outcome>> split(
      List<Settlement> settlements, Settlement.Outcome[] outcomes) {
    List<List<Settlement.Outcome>> split = new ArrayList<>();
    int begin = 0;
    for (Settlement settlement : settlements) {
      int end = begin + settlement.leases().size();
      split.add(List.of(Arrays.copyOfRange(outcomes, begin, end)));
      begin = end;
    }
    return split;
  }

  private static Integer[] places(int count) {
    Integer[] places = new Integer[count];
    Arrays.setAll(places, place -> place);
    return places;
  }

  private static @Nullable String[] reasons(List<Row> rows) {
    @Nullable String[] reasons = new @Nullable String[rows.size()];
    Arrays.setAll(reasons, place -> rows.get(place).settlement().action().reason());
    return reasons;
  }

  private static <T> T[] column(List<Row> rows, Function<Row, T> value, IntFunction<T[]> array) {
    return rows.stream().map(value).toArray(array);
  }
}
