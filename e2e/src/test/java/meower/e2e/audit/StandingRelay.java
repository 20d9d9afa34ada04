package meower.e2e.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the relay from leading, while its service goes on with everything else: takes the lock of
 * the one that leads.
 */
final class StandingRelay implements AutoCloseable {

  /** How a session of the database is begun. */
  @FunctionalInterface
  interface Sessions {
    Connection open() throws SQLException;
  }

  private final Sessions sessions;
  private @Nullable Connection session;

  StandingRelay(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Ends the relay's session, as an outage of Postgres would, and is faster than the next one. */
  void stand() throws SQLException {
    Connection opened = sessions.open();
    session = opened;
    try (Statement statement = opened.createStatement()) {
      statement.execute(
          """
          do $$
          declare
            held record;
          begin
            loop
              select pid, (classid::bigint << 32) | objid::bigint as key into held
              from pg_locks
              where locktype = 'advisory' and granted
                and database = (select oid from pg_database where datname = current_database());
              exit when found;
              perform pg_sleep(0.1);
            end loop;
            perform pg_terminate_backend(held.pid, 10000);
            perform pg_advisory_lock(held.key);
          end $$
          """);
    }
  }

  @Override
  public void close() throws SQLException {
    if (session != null) {
      session.close();
      session = null;
    }
  }
}
