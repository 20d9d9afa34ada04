package meower.bench.post.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import meower.standalone.process.DataFolder;
import meower.standalone.server.Launch;
import meower.standalone.server.Server;
import meower.standalone.stack.Login;

/** The process of {@link TutorialApplication}, with a table in Meower's own PostgreSQL. */
public final class Tutorial extends Server {

  static final String TABLE = "tutorial_meow";

  private static final String CREATE =
      """
      CREATE TABLE %s (
        id text PRIMARY KEY,
        body text NOT NULL,
        created_at timestamptz NOT NULL
      )
      """
          .formatted(TABLE);

  private final Path directory;
  private final Login database;
  private final String natsUrl;
  private final int port;

  /**
   * @param database in which it may make a table
   * @param natsUrl of a server that asks for no password
   */
  public Tutorial(DataFolder data, Login database, String natsUrl, int port) {
    super("tutorial", data);
    this.directory = data.of("tutorial");
    this.database = database;
    this.natsUrl = natsUrl;
    this.port = port;
  }

  /** Makes its table, then starts it. */
  public void begin() throws SQLException {
    drop();
    execute(CREATE);
    start();
  }

  /** Ends it and removes its table. */
  public void end() throws SQLException {
    stop();
    drop();
  }

  private void drop() throws SQLException {
    execute("DROP TABLE IF EXISTS " + TABLE);
  }

  private void execute(String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  protected Launch prepare() throws IOException {
    Files.createDirectories(directory);
    return new Launch(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-cp",
            System.getProperty("java.class.path"),
            TutorialApplication.class.getName()),
        directory,
        Map.of(
            "SERVER_ADDRESS", "127.0.0.1",
            "SERVER_PORT", Integer.toString(port),
            "SPRING_DATASOURCE_URL", database.url(),
            "SPRING_DATASOURCE_USERNAME", database.user(),
            "SPRING_DATASOURCE_PASSWORD", database.password(),
            "NATS_URL", natsUrl));
  }

  @Override
  public boolean isReady() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  protected Duration startTimeout() {
    return Duration.ofMinutes(1);
  }
}
