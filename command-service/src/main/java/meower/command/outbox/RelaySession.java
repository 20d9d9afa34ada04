package meower.command.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The database session of the relay; the one that holds the lock leads.
 *
 * <p>The lock belongs to the session, and all the relay's statements run in it. So whoever has lost
 * the lock because the connection broke cannot take anything out of the outbox any more.
 */
final class RelaySession implements AutoCloseable {

  /** Any number that nothing else in this database locks. */
  private static final long LOCK = 0x6d656f776572L;

  private final Connection connection;
  private final JdbcClient jdbc;

  private RelaySession(Connection connection) {
    this.connection = connection;
    this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
  }

  /**
   * Connects.
   *
   * @param dataSource gives a connection of its own, not one of a pool, which would keep the lock
   */
  static RelaySession open(DataSource dataSource) throws SQLException {
    return new RelaySession(dataSource.getConnection());
  }

  /** Tries to become the one relay; does not wait. */
  boolean lead() {
    return jdbc.sql("select pg_try_advisory_lock(:lock)")
        .param("lock", LOCK)
        .query(Boolean.class)
        .single();
  }

  /** Returns the oldest messages of the outbox, in their order. */
  List<StreamMessage> oldest(int limit) {
    return jdbc.sql(
            """
            select seq, message_id, subject, payload
            from outbox
            order by seq
            limit :limit
            """)
        .param("limit", limit)
        .query((row, _) ->
            new StreamMessage(
                row.getLong("seq"),
                row.getString("message_id"),
                row.getString("subject"),
                row.getString("payload")))
        .list();
  }

  /** Returns what the stream is known to hold. */
  StreamLedger ledger() {
    return new StreamLedger(jdbc);
  }

  /** Returns what the stream can be filled with. */
  RefillSource refillSource() {
    return new RefillSource(jdbc);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
