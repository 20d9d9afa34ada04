package meower.operations.audit;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import meower.operations.connection.OperationFailedException;
import meower.schema.EarlierSequences;
import meower.schema.MeowCreated;
import meower.schema.MeowId;

/**
 * What Postgres says, all of it as it was at one moment.
 *
 * <p>Used by one thread at a time.
 */
final class Ledger {

  /** What Postgres says of a range. */
  record Said(Checksum untouched, List<Life> touched) {

    Said {
      touched = List.copyOf(touched);
    }
  }

  /**
   * The rows of a range, and whether nothing has happened to their meows since they were posted.
   */
  private static final String IN_RANGE =
      """
      from (
        select publication.sequence, event.id, event.created_at, event.body,
          publication.erasure = 0 and event.revision = 1 and event.body is not null
            and later.id is null as untouched
        from publication
          join meow_event as event on event.seq = publication.meow_seq
          left join lateral (
            select changed.id from meow_event as changed
            where changed.id = event.id and changed.revision > 1
            limit 1) as later on true
        where publication.epoch = ? and publication.sequence > ? and publication.sequence <= ?
      ) as entry
      """;

  private final Connection connection;
  private final int number;
  private final String epoch;
  private final long last;
  private final boolean complete;

  /** Looks at this moment; the connection shows nothing later until its transaction ends. */
  Ledger(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
    try (PreparedStatement query =
            connection.prepareStatement(
                """
                select number, epoch, complete, (
                  select coalesce(max(sequence), 0) from publication
                  where publication.epoch = stream_epoch.number)
                from stream_epoch order by number desc limit 1
                """);
        ResultSet row = query.executeQuery()) {
      if (!row.next()) {
        throw new OperationFailedException(
            "The command-service has not seen the stream yet. Start it, and NATS");
      }
      number = row.getInt(1);
      epoch = row.getString(2);
      complete = row.getBoolean(3);
      last = row.getLong(4);
    }
  }

  /** Returns the epoch of the positions. */
  String epoch() {
    return epoch;
  }

  /** Returns under which number the ledger has it. */
  int number() {
    return number;
  }

  /** Tells whether the stream held everything at that moment. */
  boolean isComplete() {
    return complete;
  }

  /** Returns the last sequence that was published at that moment. */
  long last() {
    return last;
  }

  Said said(Range range) throws SQLException {
    String sql =
        """
        select count(*) filter (where untouched),
          coalesce(md5(string_agg(%s, E'\\n' order by sequence) filter (where untouched)), ''),
          array_agg(distinct id) filter (where not untouched)
        """
                .formatted(Checksum.LINE_SQL)
            + IN_RANGE;
    try (PreparedStatement query = query(sql, range);
        ResultSet row = query.executeQuery()) {
      row.next();
      Array touched = row.getArray(3);
      return new Said(
          new Checksum(row.getLong(1), row.getString(2)),
          touched == null
              ? List.of()
              : Lives.of(connection, number, (Object[]) touched.getArray()));
    }
  }

  /** Returns the creations in a range of meows that nobody has touched since. */
  List<Entry> untouched(Range range) throws SQLException {
    String sql =
        "select sequence, id, created_at, body " + IN_RANGE + " where untouched order by sequence";
    try (PreparedStatement query = query(sql, range);
        ResultSet rows = query.executeQuery()) {
      List<Entry> entries = new ArrayList<>();
      while (rows.next()) {
        entries.add(
            Entry.message(
                new MeowCreated(
                    new MeowId(rows.getString("id")),
                    rows.getString("body"),
                    instant(rows, "created_at")),
                rows.getLong("sequence"),
                EarlierSequences.NONE));
      }
      return entries;
    }
  }

  /** Returns how meows stood at the moment. */
  Map<String, Present.Standing> standings(Collection<String> ids) throws SQLException {
    return Present.standings(connection, ids);
  }

  /** Counts everything that has ever happened. */
  long events() throws SQLException {
    return count("select count(*) from meow_event");
  }

  /** Counts meows, also those that are deleted. */
  long meows() throws SQLException {
    return count("select count(*) from meow_event where revision = 1");
  }

  /** Finds events that contradict something else in Postgres. */
  void findInconsistencies(Consistency.Handler inconsistencies) throws Exception {
    new Consistency(connection, number).check(inconsistencies);
  }

  long outbox() throws SQLException {
    return count("select count(*) from outbox");
  }

  private long count(String sql) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private PreparedStatement query(String sql, Range range) throws SQLException {
    PreparedStatement query = connection.prepareStatement(sql);
    query.setInt(1, number);
    query.setLong(2, range.after());
    query.setLong(3, range.to());
    return query;
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
