package meower.standalone.server;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import meower.standalone.certificate.ServerCertificate;
import meower.standalone.process.DataFolder;
import meower.standalone.process.ServerFailedException;
import meower.standalone.process.Unprivileged;
import meower.standalone.secret.PrivateFiles;

/**
 * PostgreSQL on the loopback interface, as durable as a real one: a commit is on disk before it is
 * answered.
 */
public final class PostgresServer extends Server {
  public static final String USER = "meower";

  /** Of that user, when there is no protection: for tests. */
  public static final String PASSWORD = "meower";

  public static final String DATABASE = "meower";

  /** Of the program service, which makes it: folders of earlier versions do not have it. */
  public static final String PROGRAMS = "programs";

  private final PostgresHome home;
  private final Path directory;
  private final int port;
  private final Optional<Protection> protection;

  /** For whoever knows the one user that there is. */
  public PostgresServer(Path home, DataFolder data, int port) {
    this(home, data, port, Optional.empty());
  }

  public PostgresServer(Path home, DataFolder data, int port, Optional<Protection> protection) {
    super("postgres", data);
    this.protection = protection;
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
    var cluster = new PostgresCluster(home, directory, log());
    var secure = new ArrayList<String>();
    boolean isNew = cluster.createIfAbsent();
    if (protection.isPresent()) {
      new PostgresRoles(cluster, protection.get()).ensure();
      secure.addAll(protect());
    } else if (isNew) {
      cluster.execute("postgres", "alter role %s password '%s';%n".formatted(USER, PASSWORD));
    }
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
            // A busy queue leaves a million dead rows in a minute, which each fetch has to pass by.
            "autovacuum_naptime=5s",
            "log_checkpoints=off")
        .forEach(setting -> command.addAll(List.of("-c", setting)));
    secure.forEach(setting -> command.addAll(List.of("-c", setting)));
    return new Launch(command, directory);
  }

  private List<String> protect() throws IOException {
    var certificate = certificate();
    Path hosts =
        PrivateFiles.write(
            directory.resolve("pg_hba.meower.conf"),
            PostgresRoles.hostBasedAuthentication(certificate.isPresent()));
    var settings = new ArrayList<String>();
    settings.add("hba_file=" + hosts);
    settings.add("password_encryption=scram-sha-256");
    if (certificate.isPresent()) {
      settings.add("ssl=on");
      settings.add("ssl_min_protocol_version=TLSv1.2");
      settings.add("ssl_cert_file=" + certificate.get().certificate());
      settings.add("ssl_key_file=" + certificate.get().key());
    }
    return settings;
  }

  @Override
  protected boolean copyCertificate() throws IOException {
    return certificate().isPresent();
  }

  private Optional<ServerCertificate> certificate() throws IOException {
    return protection.isPresent()
        ? protection.get().certificate(name(), directory.resolve("tls"))
        : Optional.empty();
  }

  @Override
  public boolean isReady() {
    return protection.isPresent() ? answersRole(protection.get()) : answers(jdbcUrl());
  }

  private boolean answersRole(Protection with) {
    var role = PostgresRoles.Role.COMMAND;
    try {
      return answers(
          jdbcUrl() + with.certificates().map(known -> encryption(known.ca())).orElse(""),
          role.label,
          with.secrets().of(role.service, Protection.POSTGRES_PASSWORD));
    } catch (IOException e) {
      throw new ServerFailedException("the password of " + role.label + " cannot be read", e);
    }
  }

  /**
   * Returns what to put behind the address of a database, so that the server has to be the right
   * one.
   */
  public static String encryption(Path ca) {
    return "?sslmode=verify-full&sslrootcert="
        + URLEncoder.encode(ca.toString(), StandardCharsets.UTF_8);
  }

  /** Whether our user can work in this database, now; may take two seconds. */
  public static boolean answers(String jdbcUrl) {
    return answers(jdbcUrl, USER, PASSWORD);
  }

  private static boolean answers(String jdbcUrl, String user, String password) {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
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
