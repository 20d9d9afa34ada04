package meower.testservers;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import meower.standalone.server.PostgresServer;

/** PostgreSQL with the empty database {@code meower}. */
public final class TestPostgres extends TestServer {
  TestPostgres(Controls controls, int port) {
    super(controls, port);
  }

  public String jdbcUrl() {
    return jdbcUrl(PostgresServer.DATABASE);
  }

  public String username() {
    return PostgresServer.USER;
  }

  public String password() {
    return PostgresServer.PASSWORD;
  }

  /**
   * Creates an empty database that no other test uses. Returns its JDBC URL; user and password are
   * the same.
   */
  public String createDatabase() throws SQLException {
    String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    try (var connection = DriverManager.getConnection(jdbcUrl(), username(), password());
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return jdbcUrl(name);
  }

  private String jdbcUrl(String database) {
    return "jdbc:postgresql://" + host() + ":" + port() + "/" + database;
  }
}
