package meower.web.socket;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import meower.web.ProblemAnswer;
import meower.web.ProblemException;
import meower.web.origin.ForeignPages;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/** Refuses what is no WebSocket request, what cannot be read, and pages of foreign origins. */
public final class HandshakeGuard implements HandshakeInterceptor {

  private static final String VERSION = "13";
  private static final String VERSION_HEADER = "Sec-WebSocket-Version";
  private static final String KEY_HEADER = "Sec-WebSocket-Key";

  private final Check check;

  /** Looks at the parameters of a handshake. */
  @FunctionalInterface
  public interface Check {

    /**
     * Accepts an address, or does not.
     *
     * @throws ProblemException if its parameters mean nothing
     */
    void accept(URI address);
  }

  /**
   * @param check what is asked of the parameters
   */
  public HandshakeGuard(Check check) {
    this.check = check;
  }

  @Override
  public boolean beforeHandshake(
      ServerHttpRequest request,
      ServerHttpResponse response,
      WebSocketHandler handler,
      Map<String, Object> attributes)
      throws IOException {
    @Nullable ProblemException refusal = refusal(request, response.getHeaders());
    if (refusal != null) {
      ProblemAnswer.write(refusal, response);
    }
    return refusal == null;
  }

  private @Nullable ProblemException refusal(ServerHttpRequest request, HttpHeaders answered) {
    HttpHeaders headers = request.getHeaders();
    if (!"websocket".equalsIgnoreCase(headers.getUpgrade())) {
      answered.setUpgrade("websocket");
      return notWebSocket();
    }
    HttpMethod method = request.getMethod();
    if (!HttpMethod.GET.equals(method) && !HttpMethod.HEAD.equals(method)) {
      answered.set(HttpHeaders.ALLOW, "GET, HEAD");
      return ProblemException.methodNotAllowed();
    }
    if (!HttpMethod.GET.equals(method) || !isComplete(headers)) {
      answered.set(VERSION_HEADER, VERSION);
      return ProblemException.malformed(
          "A handshake is a GET with Connection, Sec-WebSocket-Key and version 13.");
    }
    if (!isReadable(request)) {
      return ProblemException.malformed("Send the parameters as percent-encoded, valid UTF-8.");
    }
    return ForeignPages.sent(headers)
        ? ProblemException.foreignOrigin()
        : malformedParameter(request);
  }

  private static boolean isComplete(HttpHeaders headers) {
    return VERSION.equals(headers.getFirst(VERSION_HEADER))
        && headers.getFirst(KEY_HEADER) != null
        && headers.getConnection().stream().anyMatch("upgrade"::equalsIgnoreCase);
  }

  private @Nullable ProblemException malformedParameter(ServerHttpRequest request) {
    try {
      check.accept(request.getURI());
      return null;
    } catch (ProblemException e) {
      return e;
    }
  }

  /** The container decodes the parameters after the handshake, when it is too late to refuse. */
  private static boolean isReadable(ServerHttpRequest request) {
    if (!(request instanceof ServletServerHttpRequest servlet)) {
      return true;
    }
    try {
      HttpServletRequest http = servlet.getServletRequest();
      @Nullable String query = http.getQueryString();
      return http.getParameterMap() != null && (query == null || new URI("?" + query) != null);
    } catch (InvalidParameterException | URISyntaxException _) {
      return false;
    }
  }

  @Override
  public void afterHandshake(
      ServerHttpRequest request,
      ServerHttpResponse response,
      WebSocketHandler handler,
      @Nullable Exception exception) {}

  private static ProblemException notWebSocket() {
    return new ProblemException(
        HttpStatus.UPGRADE_REQUIRED,
        "upgrade-required",
        "This address speaks WebSocket only",
        "Open it as a WebSocket (ws:// instead of http://).");
  }
}
