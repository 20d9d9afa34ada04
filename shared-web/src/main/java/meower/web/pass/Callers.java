package meower.web.pass;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Says who sends a request. Only a pass counts: whoever comes past the proxy has none. */
public final class Callers {

  private static final String CHALLENGE = "Basic realm=\"Meower\", charset=\"UTF-8\"";
  private static final String BEARER_CHALLENGE = "Bearer realm=\"Meower\"";

  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final PassKeys keys;

  public Callers(PassKeys keys) {
    this.keys = keys;
  }

  /**
   * Returns the pass of whoever may do this.
   *
   * @throws ProblemException 401 if nobody knows who it is, 403 if the scope is missing, 503 if the
   *     pass came too late
   */
  public Pass require(Scope scope, HttpServletRequest request) {
    return require(scope, request.getHeader(Pass.HEADER));
  }

  /**
   * Likewise for a request that is no servlet's.
   *
   * @param header the value of {@link Pass#HEADER}
   * @throws ProblemException 401 if nobody knows who it is, 403 if the scope is missing, 503 if the
   *     pass came too late
   */
  public Pass require(Scope scope, @Nullable String header) {
    Pass pass = Optional.ofNullable(header).flatMap(keys::read).orElseThrow(() -> refusal(header));
    require(scope, pass);
    return pass;
  }

  /** Returns the pass that comes with a request, where one may come without. */
  public Optional<Pass> pass(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader(Pass.HEADER)).flatMap(keys::read);
  }

  /**
   * Refuses whoever lacks a scope.
   *
   * @throws ProblemException 403
   */
  public static void require(Scope scope, Pass pass) {
    if (!pass.scopes().contains(scope)) {
      throw notAllowed(pass, scope);
    }
  }

  /**
   * A pass is made a moment before it is shown. One that is over is not the fault of whoever sent
   * the right secret, and must not make them believe that it is wrong.
   */
  private ProblemException refusal(@Nullable String header) {
    return header != null && keys.isOver(header)
        ? ProblemException.unavailable(
            "The clocks of two services of Meower differ by more than a minute, so nobody can say"
                + " who you are. Try again in a few seconds.",
            null,
            AGAIN)
        : unauthenticated();
  }

  /** The answer to somebody who does not say who they are, or not so that it is believed. */
  public static ProblemException unauthenticated() {
    ProblemException problem =
        new ProblemException(
            HttpStatus.UNAUTHORIZED,
            "unauthenticated",
            "Nobody knows who you are",
            "Send name and secret of a program as Authorization: Basic, or its token as Bearer."
                + " The operator makes one with ./meower program add NAME.");
    problem.getHeaders().add(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
    problem.getHeaders().add(HttpHeaders.WWW_AUTHENTICATE, BEARER_CHALLENGE);
    return problem;
  }

  private static ProblemException notAllowed(Pass pass, Scope missing) {
    return new ProblemException(
        HttpStatus.FORBIDDEN,
        "not-allowed",
        "The program may not do this",
        "The program "
            + pass.program()
            + " lacks the scope "
            + missing.label()
            + ": the operator gives it with ./meower program add --may.");
  }
}
