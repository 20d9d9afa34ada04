package meower.command.trail;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import meower.web.Client;
import meower.web.RequestId;
import meower.web.pass.Pass;
import org.jspecify.annotations.Nullable;

/**
 * Whoever wants something to happen to a meow.
 *
 * @param client as {@link Client} names it; nothing for an operator
 * @param program nothing for whoever has not said who they are
 * @param operator nothing for everybody else
 * @param requestId nothing for whoever came past the proxy
 */
public record Sender(
    @Nullable String client,
    @Nullable String program,
    @Nullable String operator,
    @Nullable String requestId) {

  /** Of an operator's name, as that one says it. */
  private static final int LONGEST_NAME = 100;

  /** Returns who sent a request. */
  public static Sender of(HttpServletRequest request, Optional<Pass> pass) {
    return new Sender(
        Client.of(request).name(),
        pass.map(Pass::program).orElse(null),
        null,
        RequestId.of(request).orElse(null));
  }

  /** Returns whoever asks over NATS. */
  public static Sender operator(String name) {
    return new Sender(null, null, name.substring(0, Math.min(name.length(), LONGEST_NAME)), null);
  }
}
