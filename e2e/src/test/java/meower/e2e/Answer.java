package meower.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import meower.e2e.access.FrontDoor;

/** What came back over HTTP, also as the answer to a WebSocket handshake. */
public record Answer(int status, Map<String, List<String>> headers, String body) {

  private static final int TIMEOUT_MILLIS = 10_000;

  public static Answer of(HttpResponse<String> response) {
    return new Answer(response.statusCode(), response.headers().map(), response.body());
  }

  public Optional<String> header(String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(header -> String.join(", ", header.getValue()))
        .findFirst();
  }

  /** Asks for a WebSocket; Java's own client hides the answer. */
  public static Answer ofHandshake(URI uri, String origin) throws IOException {
    try (Socket socket = FrontDoor.opened(new Socket(uri.getHost(), uri.getPort()))) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      String request =
          """
          GET %s HTTP/1.1
          Host: %s
          Origin: %s
          Connection: Upgrade
          Upgrade: websocket
          Sec-WebSocket-Version: 13
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

          """
              .formatted(path(uri), uri.getAuthority(), origin);
      socket
          .getOutputStream()
          .write(request.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
      return read(socket.getInputStream());
    }
  }

  private static String path(URI uri) {
    return uri.getRawQuery() == null
        ? uri.getRawPath()
        : uri.getRawPath() + "?" + uri.getRawQuery();
  }

  private static Answer read(InputStream in) throws IOException {
    int status = Integer.parseInt(line(in).split(" ", 3)[1]);
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String[] header = line.split(": *", 2);
      headers.computeIfAbsent(header[0], _ -> new ArrayList<>()).add(header[1]);
    }
    return new Answer(status, headers, status == 101 ? "" : body(in, headers));
  }

  private static String body(InputStream in, Map<String, List<String>> headers) throws IOException {
    List<String> length = headers.get("Content-Length");
    int bytes =
        Integer.parseInt(length == null ? line(in) : length.getFirst(), length == null ? 16 : 10);
    return new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
