package meower.database;

import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A client of the database for which a warning is a failure.
 *
 * <p>A commit that waits for a synchronous standby can be told to wait no longer. It is then
 * answered as done, with a warning that it is on this server only: whoever promises that nothing is
 * lost must not take that for success.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/warm-standby.html#SYNCHRONOUS-REPLICATION">PostgreSQL
 *     on synchronous replication</a>
 */
public final class StrictJdbc {

  private StrictJdbc() {}

  /** Returns a client that throws a {@code SQLWarningException} where the database warns. */
  public static JdbcClient on(DataSource database) {
    JdbcTemplate template = new JdbcTemplate(database);
    template.setIgnoreWarnings(false);
    return JdbcClient.create(template);
  }
}
