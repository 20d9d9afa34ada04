package meower.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionSystemException;

/**
 * Tells a broken connection from a statement that the database refuses.
 *
 * <p>A server that has become a standby, or one that has not been made the primary yet, refuses to
 * write on a connection that is otherwise sound: after a failover that one is as useless as a
 * broken one. The pool, which makes this class by its name, closes it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL's error
 *     codes</a>
 */
public final class ConnectionFailures implements SQLExceptionOverride {

  private static final String CONNECTION_EXCEPTION = "08";
  private static final String READ_ONLY = "25006";
  private static final Set<String> SHUTDOWN_CRASH_OR_START = Set.of("57P01", "57P02", "57P03");

  /** Tells whether the same statement can succeed on another connection. */
  public static boolean includes(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isOfConnection(cause)) {
        return true;
      }
    }
    return false;
  }

  @java.lang.Override
  public Override adjudicate(SQLException e) {
    return READ_ONLY.equals(e.getSQLState()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
  }

  private static boolean isOfConnection(Throwable cause) {
    return switch (cause) {
      case SQLException e -> isOfConnection(e);
      case TransactionSystemException e -> isOfRollback(e);
      default -> false;
    };
  }

  /**
   * After a statement or a commit that failed the rollback failed, too, on what the pool had closed
   * by then: the server did not say why.
   */
  private static boolean isOfRollback(TransactionSystemException e) {
    return e.getApplicationException() != null
        || (e.getCause() instanceof SQLException cause && cause.getSQLState() == null);
  }

  private static boolean isOfConnection(SQLException e) {
    String state = e.getSQLState();
    return e instanceof SQLTransientConnectionException
        || (state != null
            && (state.startsWith(CONNECTION_EXCEPTION)
                || state.equals(READ_ONLY)
                || SHUTDOWN_CRASH_OR_START.contains(state)));
  }
}
