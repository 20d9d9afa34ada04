package meower.e2e.access;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How the front door of a stack, and its servers, are reached.
 *
 * @param trust whom to believe where there is TLS; nothing where there is none
 */
public record Transport(Optional<SSLContext> trust) {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Returns what makes a client for HTTP. */
  public HttpClient.Builder http() {
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT);
    trust.ifPresent(builder::sslContext);
    return builder;
  }

  /** Connects a socket, and returns the one to speak on. */
  public Socket connect(Socket socket, URI server) throws IOException {
    socket.connect(
        new InetSocketAddress(server.getHost(), server.getPort()),
        Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
    return trust.isEmpty()
        ? socket
        : trust
            .get()
            .getSocketFactory()
            .createSocket(socket, server.getHost(), server.getPort(), true);
  }
}
