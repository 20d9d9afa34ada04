package meower.operations.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import meower.operations.audit.Difference.Kind;
import meower.operations.connection.OperationFailedException;

/**
 * What Postgres says, all of it as it was at one moment.
 *
 * <p>Used by one thread at a time.
 */
final class Ledger {

  /** What happens to each difference that is found. */
  @FunctionalInterface
  interface Handler {

    void on(Difference difference) throws Exception;
  }

  private static final int MEOWS_AT_ONCE = 100_000;
  private static final int ROWS_AT_ONCE = 1_000;

  private static final String IN_RANGE =
      """
      from publication join meow on meow.seq = publication.meow_seq
      where publication.epoch = ? and publication.sequence > ? and publication.sequence <= ?
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

  Checksum checksum(Range range) throws SQLException {
    String sql =
        "select count(*), "
            + Checksum.HASH_SQL
            + " from (select sequence, id, created_at, body "
            + IN_RANGE
            + ") as entry";
    try (PreparedStatement query = query(sql, range);
        ResultSet row = query.executeQuery()) {
      row.next();
      return new Checksum(row.getLong(1), row.getString(2));
    }
  }

  List<Entry> entries(Range range) throws SQLException {
    String sql = "select sequence, id, created_at, body " + IN_RANGE + " order by sequence";
    try (PreparedStatement query = query(sql, range);
        ResultSet rows = query.executeQuery()) {
      List<Entry> entries = new ArrayList<>();
      while (rows.next()) {
        entries.add(entry(rows));
      }
      return entries;
    }
  }

  long count(String table) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select count(*) from " + table);
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Finds meows that are not in exactly one of outbox and ledger. */
  void findInconsistencies(Handler differences) throws Exception {
    long lastMeow = lastMeow();
    for (long after = 0; after < lastMeow; after += MEOWS_AT_ONCE) {
      find(
          """
          select 0 as sequence, id, created_at, body from meow
          where seq > ? and seq <= ?
            and not exists (
              select from publication
              where publication.epoch = ? and publication.meow_seq = meow.seq)
            and not exists (select from outbox where outbox.message_id = meow.id::text)
          order by seq
          """,
          Kind.MISSING,
          "neither published nor in the outbox",
          differences,
          after,
          after + MEOWS_AT_ONCE,
          (long) number);
    }
    find(
        """
        select publication.sequence, meow.id, meow.created_at, meow.body
        from outbox
          join meow on meow.id = (outbox.message_id collate "C")::bpchar
          join publication on publication.meow_seq = meow.seq and publication.epoch = ?
        """,
        Kind.UNEXPECTED,
        "published and in the outbox",
        differences,
        (long) number);
    find(
        """
        select 0 as sequence, meow.id, meow.created_at, meow.body
        from meow join (
          select message_id from outbox group by message_id having count(*) > 1) as repeated
          on meow.id = (repeated.message_id collate "C")::bpchar
        """,
        Kind.UNEXPECTED,
        "more than once in the outbox",
        differences);
  }

  private long lastMeow() throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("select coalesce(max(seq), 0) from meow");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private void find(String sql, Kind kind, String detail, Handler into, long... parameters)
      throws Exception {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setFetchSize(ROWS_AT_ONCE);
      for (int i = 0; i < parameters.length; i++) {
        query.setLong(i + 1, parameters[i]);
      }
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          into.on(new Difference("postgres", kind, entry(rows), null, detail));
        }
      }
    }
  }

  private PreparedStatement query(String sql, Range range) throws SQLException {
    PreparedStatement query = connection.prepareStatement(sql);
    query.setInt(1, number);
    query.setLong(2, range.after());
    query.setLong(3, range.to());
    return query;
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong("sequence"),
        row.getString("id"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getString("body"));
  }
}
