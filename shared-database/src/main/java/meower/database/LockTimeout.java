package meower.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Has each migration wait for a lock for two seconds at most, whatever its script says of that:
 * everybody else waits behind it meanwhile, for a query perhaps that runs for minutes. It fails
 * then, and is tried again. One that makes an index concurrently has no transaction, and nobody
 * behind it.
 */
final class LockTimeout implements Callback {

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    Connection connection = context.getConnection();
    try {
      if (!connection.getAutoCommit()) {
        try (var statement = connection.createStatement()) {
          statement.execute("set local lock_timeout = '2s'");
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a migration cannot be kept from waiting for long", e);
    }
  }

  @Override
  public String getCallbackName() {
    return "lock timeout";
  }
}
