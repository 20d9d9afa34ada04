package meower.standalone.server;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Unprivileged;

/**
 * PostgreSQL on the loopback interface, as durable as a real one: a commit is on disk before it is
 * answered.
 */
public final class PostgresServer extends Server {
  public static final String USER = "meower";
  public static final String PASSWORD = "meower";
  public static final String DATABASE = "meower";

  /** Of the program service, which makes it: folders of earlier versions do not have it. */
  public static final String PROGRAMS = "programs";

  private final PostgresHome home;
  private final Path directory;
  private final int port;

  public PostgresServer(Path home, DataFolder data, int port) {
    super("postgres", data);
    this.home = new PostgresHome(home);
    this.directory = data.of("postgres");
    this.port = port;
  }

  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
  }

  @Override
  protected Launch prepare() throws IOException, InterruptedException {
    home.unpack();
    new PostgresCluster(home, directory, log()).createIfAbsent();
    var command = new ArrayList<>(Unprivileged.prefix(home.program("postgres"), directory));
    command.addAll(List.of(home.program("postgres").toString(), "-D", directory.toString()));
    List.of(
            "listen_addresses=127.0.0.1",
            "port=" + port,
            "unix_socket_directories=",
            "fsync=on",
            "synchronous_commit=on",
            "shared_buffers=64MB",
            "max_connections=100",
            "log_checkpoints=off")
        .forEach(setting -> command.addAll(List.of("-c", setting)));
    return new Launch(command, directory);
  }

  @Override
  public boolean isReady() {
    return answers(jdbcUrl());
  }

  /** Whether our user can work in this database, now; may take two seconds. */
  public static boolean answers(String jdbcUrl) {
    var properties = new Properties();
    properties.setProperty("user", USER);
    properties.setProperty("password", PASSWORD);
    properties.setProperty("loginTimeout", "2");
    properties.setProperty("socketTimeout", "2");
    try (var connection = DriverManager.getConnection(jdbcUrl, properties)) {
      return connection.isValid(2);
    } catch (SQLException _) {
      return false;
    }
  }

  @Override
  protected Duration startTimeout() {
    return Duration.ofMinutes(1);
  }

  /** Fast shutdown: SIGTERM would wait for clients to leave. */
  @Override
  protected String stopSignal() {
    return "INT";
  }
}
