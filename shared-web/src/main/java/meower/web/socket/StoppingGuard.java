package meower.web.socket;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import meower.web.ProblemAnswer;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Lets nobody in while the service stops. Those who were just sent away come back at once: with 503
 * nginx leads them to another instance, where a connection would end with this process.
 */
public final class StoppingGuard implements HandshakeInterceptor {

  private static final Duration SOON = Duration.ofSeconds(1);

  private final BooleanSupplier stopping;
  private final String detail;

  /**
   * @param stopping whether the service is being stopped
   * @param detail what to do then, for who wants to connect
   */
  public StoppingGuard(BooleanSupplier stopping, String detail) {
    this.stopping = stopping;
    this.detail = detail;
  }

  @Override
  public boolean beforeHandshake(
      ServerHttpRequest request,
      ServerHttpResponse response,
      WebSocketHandler handler,
      Map<String, Object> attributes)
      throws IOException {
    boolean refused = stopping.getAsBoolean();
    if (refused) {
      ProblemAnswer.write(ProblemException.unavailable(detail, null, SOON), response);
    }
    return !refused;
  }

  @Override
  public void afterHandshake(
      ServerHttpRequest request,
      ServerHttpResponse response,
      WebSocketHandler handler,
      @Nullable Exception exception) {}
}
