package meower.web.pass;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Says who sends a request. Only a pass counts: whoever comes past the proxy has none. */
public final class Callers {

  private static final String CHALLENGE = "Basic realm=\"Meower\", charset=\"UTF-8\"";
  private static final String BEARER_CHALLENGE = "Bearer realm=\"Meower\"";

  private final PassKeys keys;

  public Callers(PassKeys keys) {
    this.keys = keys;
  }

  /**
   * Returns the pass of whoever may do this.
   *
   * @throws ProblemException 401 if nobody knows who it is, 403 if the scope is missing
   */
  public Pass require(Scope scope, HttpServletRequest request) {
    return require(scope, request.getHeader(Pass.HEADER));
  }

  /**
   * Likewise for a request that is no servlet's.
   *
   * @param header the value of {@link Pass#HEADER}
   * @throws ProblemException 401 if nobody knows who it is, 403 if the scope is missing
   */
  public Pass require(Scope scope, @Nullable String header) {
    Pass pass =
        Optional.ofNullable(header).flatMap(keys::read).orElseThrow(Callers::unauthenticated);
    require(scope, pass);
    return pass;
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
