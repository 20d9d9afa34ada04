package meower.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Makes the database of a service where there is none yet: whoever has been running Meower since
 * before that service has a server without it, and nobody else would make it.
 *
 * <p>The server is asked through {@code postgres}, the database that each one has. Who may not make
 * databases there has to have it made; the error in the log says so.
 */
public final class MissingDatabase {

  private static final Logger log = LoggerFactory.getLogger(MissingDatabase.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String UNKNOWN_DATABASE = "3D000";

  /** Another instance has made it meanwhile: seen by its name, or by its row in the catalog. */
  private static final Set<String> MADE_BY_ANOTHER = Set.of("42P04", "23505");

  private static final Pattern URL = Pattern.compile("(jdbc:postgresql://[^/?]+/)([^/?]+)(\\?.*)?");

  private final JdbcConnectionDetails database;
  private final String connectionName;

  /**
   * @param database what the service works with
   * @param connectionName how the connections are called in the server's monitoring
   */
  public MissingDatabase(JdbcConnectionDetails database, String connectionName) {
    this.database = database;
    this.connectionName = connectionName;
  }

  /**
   * Returns when the database is there.
   *
   * @throws SQLException if the server does not answer, or does not let us make it
   */
  void createIfAbsent() throws SQLException {
    try (Connection _ = to(database.getJdbcUrl()).getConnection()) {
      return;
    } catch (SQLException e) {
      if (!UNKNOWN_DATABASE.equals(e.getSQLState())) {
        throw e;
      }
    }
    Matcher url = URL.matcher(database.getJdbcUrl());
    if (url.matches()) {
      String options = url.group(3) == null ? "" : url.group(3);
      create(url.group(2), url.group(1) + "postgres" + options);
    }
  }

  private void create(String name, String server) throws SQLException {
    try (Connection connection = to(server).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + statement.enquoteIdentifier(name, true));
      log.info("database={} state=created", name);
    } catch (SQLException e) {
      if (!MADE_BY_ANOTHER.contains(String.valueOf(e.getSQLState()))) {
        throw e;
      }
    }
  }

  private DataSource to(String url) {
    return DirectConnections.to(
        url, database.getUsername(), database.getPassword(), connectionName, TIMEOUT);
  }
}
