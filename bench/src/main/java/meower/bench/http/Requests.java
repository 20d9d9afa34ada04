package meower.bench.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

/** The same GET again and again, to a server on this machine. */
public final class Requests {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final int port;
  private final String path;
  private final String headers;

  /**
   * @param path with the query, encoded
   */
  public Requests(int port, String path) {
    this(port, path, "");
  }

  private Requests(int port, String path, String headers) {
    this.port = port;
    this.path = path;
    this.headers = headers;
  }

  /** Returns the same with a further header. */
  public Requests with(String header, String value) {
    return new Requests(port, path, headers + header + ": " + value + "\r\n");
  }

  /** Returns a load of them over that many connections. */
  public HttpLoad load(int connections) {
    return new HttpLoad(address(), connections, supplier());
  }

  /** Sends one and returns the answer. */
  public HttpResponse<byte[]> once() throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + port + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
          HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private Supplier<ByteBuffer> supplier() {
    byte[] request =
        ("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n" + headers + "\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    return () -> ByteBuffer.wrap(request);
  }
}
