package meower.database;

import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Connections beside the pool of the requests, for work that is not bound to a request's time. */
public final class DirectConnections {

  private DirectConnections() {}

  /**
   * Returns a data source that connects anew each time.
   *
   * @param name how the connections are called in the server's monitoring
   * @param answer how long an answer is waited for, in whole seconds; zero is as long as it takes
   */
  public static DataSource to(JdbcConnectionDetails database, String name, Duration answer) {
    return to(database.getJdbcUrl(), database.getUsername(), database.getPassword(), name, answer);
  }

  static DataSource to(
      String url,
      @Nullable String username,
      @Nullable String password,
      String name,
      Duration answer) {
    Properties settings = new Properties();
    settings.setProperty("ApplicationName", name);
    settings.setProperty("connectTimeout", "2");
    settings.setProperty("loginTimeout", "5");
    settings.setProperty("socketTimeout", Long.toString(answer.toSeconds()));
    settings.setProperty("tcpKeepAlive", "true");
    if (username != null) {
      settings.setProperty("user", username);
    }
    if (password != null) {
      settings.setProperty("password", password);
    }
    return new DriverManagerDataSource(url, settings);
  }
}
