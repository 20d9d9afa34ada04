package meower.command.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import meower.command.event.EventImport;
import meower.command.event.StoredEvent;
import meower.command.event.TextRules;
import meower.command.ledger.OutboxMessage;
import meower.command.ledger.RefillSource;
import meower.command.ledger.StreamLedger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database session of the relay; the one that holds the lock leads.
 *
 * <p>The lock belongs to the session, and all the relay's statements run in it. So whoever has lost
 * the lock because the connection broke cannot take anything out of the outbox any more.
 */
final class RelaySession implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RelaySession.class);

  /** Any number that nothing else in this database locks. */
  private static final long LOCK = 0x6d656f776572L;

  private final Connection connection;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  private RelaySession(Connection connection) {
    DataSource session = new SingleConnectionDataSource(connection, true);
    this.connection = connection;
    this.jdbc = JdbcClient.create(session);
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(session));
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

  /**
   * The version before put the payload into the outbox. A text must be in one place only, or it
   * would stay in the other one after its meow was deleted.
   */
  void forgetCopies() {
    int meaningless =
        jdbc.sql(
                """
                delete from outbox using outbox_event as named
                where outbox.event_seq is null and named.seq = outbox.seq
                  and named.event_seq is null
                """)
            .update();
    if (meaningless > 0) {
      log.error("outbox state=without-events messages={}", meaningless);
    }
    jdbc.sql(
            """
            update outbox
            set event_seq = named.event_seq, message_id = null, subject = null, payload = null
            from outbox_event as named
            where outbox.event_seq is null and named.seq = outbox.seq
            """)
        .update();
  }

  /** Returns the oldest messages of the outbox, in their order. */
  List<OutboxMessage> oldest(int limit) {
    return jdbc.sql(
            """
            select message.seq as message_seq, %s
            from (select seq, event_seq from outbox_event order by seq limit :limit) as message
              join meow_event as event on event.seq = message.event_seq
              %s
            order by message.seq
            """
                .formatted(StoredEvent.COLUMNS, StoredEvent.WITH_DELETION))
        .param("limit", limit)
        .query((row, _) -> new OutboxMessage(row.getLong("message_seq"), StoredEvent.of(row)))
        .list();
  }

  /** Returns what the stream is known to hold. */
  StreamLedger ledger() {
    return new StreamLedger(jdbc, transactions);
  }

  /** Returns what takes in what the store has lost. */
  EventImport eventImport(TextRules rules) {
    return new EventImport(jdbc, rules);
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
