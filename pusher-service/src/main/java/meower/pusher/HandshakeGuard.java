package meower.pusher;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Refuses what is no WebSocket request and pages of foreign origins.
 *
 * <p>Same origin means the host and port to which the request was sent: a proxy that ends TLS may
 * change the scheme on the way, but passes the Host header. Programs send no Origin.
 */
final class HandshakeGuard implements HandshakeInterceptor {

  private static final String ANY = "*";

  private final List<String> allowedOrigins;
  private final JacksonJsonHttpMessageConverter converter = new JacksonJsonHttpMessageConverter();

  HandshakeGuard(List<String> allowedOrigins) {
    this.allowedOrigins = List.copyOf(allowedOrigins);
  }

  @Override
  public boolean beforeHandshake(
      ServerHttpRequest request,
      ServerHttpResponse response,
      WebSocketHandler handler,
      Map<String, Object> attributes)
      throws IOException {
    HttpHeaders headers = request.getHeaders();
    if (!"websocket".equalsIgnoreCase(headers.getUpgrade())) {
      response.getHeaders().setUpgrade("websocket");
      refuse(response, notWebSocket());
      return false;
    }
    if (!isAllowed(headers.getOrigin(), headers.getFirst(HttpHeaders.HOST))) {
      refuse(response, foreignOrigin());
      return false;
    }
    return true;
  }

  @Override
  public void afterHandshake(
      ServerHttpRequest request,
      ServerHttpResponse response,
      WebSocketHandler handler,
      @Nullable Exception exception) {}

  boolean isAllowed(@Nullable String origin, @Nullable String host) {
    return origin == null
        || allowedOrigins.contains(origin)
        || allowedOrigins.contains(ANY)
        || (host != null
            && (origin.equalsIgnoreCase("http://" + host)
                || origin.equalsIgnoreCase("https://" + host)));
  }

  private static ProblemException notWebSocket() {
    return new ProblemException(
        HttpStatus.UPGRADE_REQUIRED,
        "upgrade-required",
        "This address speaks WebSocket only",
        "Open it as a WebSocket (ws:// instead of http://).");
  }

  private static ProblemException foreignOrigin() {
    return new ProblemException(
        HttpStatus.FORBIDDEN,
        "foreign-origin",
        "Pages of this origin may not connect",
        "Open Meower's own page, or have the operator add the origin to"
            + " meower.pusher.allowed-origins.");
  }

  private void refuse(ServerHttpResponse response, ProblemException problem) throws IOException {
    response.setStatusCode(problem.getStatusCode());
    converter.write(problem.getBody(), MediaType.APPLICATION_PROBLEM_JSON, response);
  }
}
