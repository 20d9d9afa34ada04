package meower.standalone.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import meower.standalone.certificate.TrustedConnections;
import meower.standalone.process.DataFolder;
import meower.standalone.process.PidFile;
import meower.standalone.process.ServerFailedException;
import meower.standalone.secret.PrivateFiles;

/**
 * The stack that {@code ./meower up} runs in another process, for commands that talk to it.
 *
 * @param ports where its parts listen
 * @param settings where its servers are, and as whom an operator comes there, under the names of
 *     the services' environment
 * @param data has what its proxy shows over TLS
 */
public record RunningStack(PortPlan ports, Map<String, String> settings, DataFolder data) {
  private static final String TLS = "tls";

  /**
   * One that is known to run.
   *
   * @throws IOException if its secrets cannot be read
   */
  public static RunningStack of(PortPlan ports, DataFolder data) throws IOException {
    return new RunningStack(ports, ServiceSettings.operator(ports, data), data);
  }

  /** Where its proxy is reached from this machine, over TLS if it speaks that. */
  public URI proxy() {
    return URI.create(ports.url("127.0.0.1"));
  }

  /** Begins a client that believes its proxy, whosever certificate that one shows. */
  public HttpClient.Builder client() {
    var client = HttpClient.newBuilder();
    return ports.tls()
        ? client.sslContext(TrustedConnections.toHolderOf(Security.shown(data)))
        : client;
  }

  /** Says how a stack can be found, from now on. */
  public static void announce(DataFolder data, PortPlan ports) throws IOException {
    PrivateFiles.write(file(data), ports.nginx() + "\n" + (ports.tls() ? TLS + "\n" : ""));
  }

  /** No stack can be found any more. */
  public static void forget(DataFolder data) throws IOException {
    Files.deleteIfExists(file(data));
  }

  private static Path file(DataFolder data) {
    return data.run().resolve("port");
  }

  /**
   * Finds the stack that runs with the data folder.
   *
   * @throws ServerFailedException telling how to start one, if none runs
   */
  public static RunningStack find(Path folder) {
    var data = new DataFolder(folder);
    Path file = file(data);
    try {
      if (new PidFile(data.pidFile("launcher")).read().isPresent() && Files.exists(file)) {
        var lines = Files.readAllLines(file);
        var ports = new PortPlan(Integer.parseInt(lines.getFirst().strip()));
        return of(lines.contains(TLS) ? ports.withTls() : ports, data);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new ServerFailedException(
        "Meower is not running with the data in "
            + data.root()
            + ". Start it in another terminal: ./meower up",
        List.of());
  }

  /** No log has what is in the settings. */
  @Override
  public String toString() {
    return "RunningStack[ports=" + ports + "]";
  }
}
