package meower.pusher.socket;

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
final class StoppingGuard implements HandshakeInterceptor {

  private static final Duration SOON = Duration.ofSeconds(1);

  private final BooleanSupplier stopping;

  StoppingGuard(BooleanSupplier stopping) {
    this.stopping = stopping;
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
      ProblemAnswer.write(
          ProblemException.unavailable(
              "The live feed is being restarted: connect again.", null, SOON),
          response);
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
