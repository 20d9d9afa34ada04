package meower.command.publish;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import meower.command.trail.Sender;
import meower.web.ProblemAnswer;
import meower.web.ProblemException;
import meower.web.pass.Callers;
import meower.web.pass.Pass;
import meower.web.pass.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/** Lets programs in that may post, and nobody else. */
final class PassGuard implements HandshakeInterceptor {

  private final Callers callers;

  PassGuard(Callers callers) {
    this.callers = callers;
  }

  @Override
  public boolean beforeHandshake(
      ServerHttpRequest request,
      ServerHttpResponse response,
      WebSocketHandler handler,
      Map<String, Object> attributes)
      throws IOException {
    try {
      Pass pass = callers.require(Scope.POST, request.getHeaders().getFirst(Pass.HEADER));
      attributes.put(PublishHandler.SENDER, sender(request, pass));
      return true;
    } catch (ProblemException refusal) {
      ProblemAnswer.write(refusal, response);
      return false;
    }
  }

  private static Sender sender(ServerHttpRequest request, Pass pass) {
    return Sender.of(((ServletServerHttpRequest) request).getServletRequest(), Optional.of(pass));
  }

  @Override
  public void afterHandshake(
      ServerHttpRequest request,
      ServerHttpResponse response,
      WebSocketHandler handler,
      @Nullable Exception exception) {}
}
