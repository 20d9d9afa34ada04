package meower.bench.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Requests that carry something, as the bytes of the wire. */
public final class Posted {

  private Posted() {}

  /**
   * Returns a POST.
   *
   * @param headers further ones, each with its line end
   */
  public static ByteBuffer to(int port, String path, String headers, String body) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        "POST %s HTTP/1.1\r\nHost: localhost:%d\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(path, port, headers, content.length)
            .getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(head.length + content.length).put(head).put(content).flip();
  }

  /** Returns the header that says that the body is JSON. */
  public static String json() {
    return "Content-Type: application/json\r\n";
  }
}
