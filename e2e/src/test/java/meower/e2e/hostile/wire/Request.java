package meower.e2e.hostile.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request that begins and ends where it says, whatever else is wrong with it.
 *
 * @param headers each with its colon, without what frames the body
 * @param chunked whether the body is sent in chunks instead of with its length
 * @param said the text that is posted, if nothing else is wrong
 */
public record Request(
    String method,
    String target,
    List<String> headers,
    String body,
    boolean chunked,
    Optional<String> said) {

  private static final int CHUNK = 700;

  public Request {
    headers = List.copyOf(headers);
  }

  public static Request get(String target) {
    return new Request("GET", target, List.of("Host: localhost"), "", false, Optional.empty());
  }

  public Request with(String header) {
    List<String> more = new ArrayList<>(headers);
    more.add(header);
    return new Request(method, target, more, body, chunked, said);
  }

  public Request withMethod(String other) {
    return new Request(other, target, headers, body, chunked, Optional.empty());
  }

  Request withTarget(String other) {
    return new Request(method, other, headers, body, chunked, Optional.empty());
  }

  public Request inChunks() {
    return new Request(method, target, headers, body, true, said);
  }

  /** The same, of which it is not known any more whether it can be accepted. */
  public Request doubtful() {
    return new Request(method, target, headers, body, chunked, Optional.empty());
  }

  public boolean isHead() {
    return method.equals("HEAD");
  }

  public String wire() {
    StringBuilder wire =
        new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    headers.forEach(header -> wire.append(header).append("\r\n"));
    if (chunked) {
      return wire.append("Transfer-Encoding: chunked\r\n\r\n").append(chunks()).toString();
    }
    if (!body.isEmpty() || method.equals("POST")) {
      wire.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return wire.append("\r\n").append(body).toString();
  }

  private String chunks() {
    StringBuilder chunks = new StringBuilder();
    for (int from = 0; from < body.length(); from += CHUNK) {
      String chunk = body.substring(from, Math.min(body.length(), from + CHUNK));
      chunks
          .append(Integer.toHexString(chunk.length()))
          .append("\r\n")
          .append(chunk)
          .append("\r\n");
    }
    return chunks.append("0\r\n\r\n").toString();
  }
}
