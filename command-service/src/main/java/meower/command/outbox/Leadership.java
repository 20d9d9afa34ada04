package meower.command.outbox;

import java.sql.SQLException;
import meower.command.ledger.StreamKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the instance has that relays, from its lock on until it resigns.
 *
 * @param session holds the lock
 */
record Leadership(RelaySession session, StreamKeeper stream, RelayWakeup.Listening listening)
    implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Leadership.class);

  /** Resigns, so that another instance can lead. */
  @Override
  public void close() {
    listening.close();
    end(session);
  }

  /** Ends a session; what is wrong with it ends with it. */
  static void end(RelaySession session) {
    try {
      session.close();
    } catch (SQLException e) {
      log.debug("relay=not-closed", e);
    }
  }
}
