package meower.e2e.access;

import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import meower.standalone.certificate.TrustedConnections;
import meower.standalone.process.DataFolder;
import meower.standalone.stack.Login;
import meower.standalone.stack.Part;
import meower.standalone.stack.PortPlan;
import meower.standalone.stack.RunningStack;

/**
 * The servers of a stack, with the rights that somebody has there.
 *
 * @param data has the passwords
 */
public record Access(PortPlan ports, DataFolder data) {

  /** How it is reached; once it has been started. */
  public Transport transport() {
    return new Transport(
        ports.tls() ? Optional.of(read(() -> TrustedConnections.to(ca()))) : Optional.empty());
  }

  Path ca() {
    return data.of("tls").resolve("ca.pem");
  }

  /** Connects with what a service may do. */
  public io.nats.client.Connection nats(Part service) throws IOException, InterruptedException {
    return connect(read(() -> Login.toNats(service, ports, data)));
  }

  /** Connects with what operators may do. */
  public io.nats.client.Connection nats() throws IOException, InterruptedException {
    return connect(read(() -> Login.toNats(ports, data)));
  }

  /** Connects with what a service may do in its database. */
  public Connection postgres(Part service) throws SQLException {
    return connectDatabase(read(() -> Login.toPostgres(service, ports, data)));
  }

  /** Connects as the owner of the tables of a service. */
  public Connection postgresAsOwner(Part service) throws SQLException {
    return connectDatabase(read(() -> Login.toPostgresAsOwner(service, ports, data)));
  }

  /** What the query service may do. */
  public Login elasticsearch() {
    return read(() -> Login.toElasticsearch(ports, data));
  }

  /** What an operator's command has to know. */
  public Map<String, String> operator() {
    return read(() -> RunningStack.of(ports, data)).settings();
  }

  private interface Secret<T> {
    T read() throws IOException;
  }

  private static <T> T read(Secret<T> secret) {
    try {
      return secret.read();
    } catch (IOException e) {
      throw new UncheckedIOException("a secret of the stack cannot be read", e);
    }
  }

  private io.nats.client.Connection connect(Login login) throws IOException, InterruptedException {
    var options =
        new Options.Builder()
            .server(login.url())
            .userInfo(login.user(), login.password())
            .inboxPrefix("_INBOX." + login.user() + ".");
    transport().trust().ifPresent(options::sslContext);
    return Nats.connect(options.build());
  }

  private static Connection connectDatabase(Login login) throws SQLException {
    return DriverManager.getConnection(login.url(), login.user(), login.password());
  }
}
