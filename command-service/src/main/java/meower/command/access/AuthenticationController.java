package meower.command.access;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import meower.database.SchemaMigration;
import meower.web.Client;
import meower.web.ProblemException;
import meower.web.pass.Callers;
import meower.web.pass.Pass;
import meower.web.pass.PassKeys;
import meower.web.pass.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /authenticate}: what the proxy asks before it lets a program in. Nobody else reaches
 * it; a pass of somebody's own would be worth no more than what they have shown for it.
 */
@RestController
final class AuthenticationController {

  private static final Duration SOON = Duration.ofSeconds(2);

  private final Authentication authentication;
  private final PassKeys keys;
  private final SchemaMigration schema;

  AuthenticationController(Authentication authentication, PassKeys keys, SchemaMigration schema) {
    this.authentication = authentication;
    this.keys = keys;
    this.schema = schema;
  }

  /**
   * Answers 204 with a pass. The proxy words the refusals, also the challenges of a 401.
   *
   * @param needed the scope without which there is none; nothing where whoever gets the pass looks
   *     itself
   */
  @GetMapping("/authenticate")
  ResponseEntity<Void> authenticate(
      @RequestParam(name = "scope", defaultValue = "") String needed, HttpServletRequest request) {
    @Nullable String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null) {
      throw unknown();
    }
    return switch (result(header, Client.of(request))) {
      case Authentication.Result.Known(Pass pass) -> known(pass, Scope.of(needed));
      case Authentication.Result.Unknown() -> throw unknown();
      case Authentication.Result.Waiting() -> throw waiting();
    };
  }

  private ResponseEntity<Void> known(Pass pass, Optional<Scope> needed) {
    needed.ifPresent(scope -> Callers.require(scope, pass));
    return ResponseEntity.noContent()
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header(Pass.HEADER, keys.write(pass))
        .build();
  }

  private Authentication.Result result(String header, Client client) {
    if (!schema.isDone()) {
      throw unavailable(null);
    }
    try {
      return authentication.authenticate(header, client.name());
    } catch (DataAccessException e) {
      throw unavailable(e);
    }
  }

  /** Without the challenges, which the proxy adds: it would pass on one of them only. */
  private static ProblemException unknown() {
    ProblemException problem = Callers.unauthenticated();
    problem.getHeaders().remove(HttpHeaders.WWW_AUTHENTICATE);
    return problem;
  }

  private static ProblemException waiting() {
    ProblemException problem =
        new ProblemException(
            HttpStatus.TOO_MANY_REQUESTS,
            "too-many-requests",
            "Too many requests",
            "Too many wrong secrets came from this address. Wait a minute, and check the secret.");
    problem
        .getHeaders()
        .set(HttpHeaders.RETRY_AFTER, Long.toString(FailedAttempts.WINDOW.toSeconds()));
    return problem;
  }

  private static ProblemException unavailable(@Nullable Throwable cause) {
    return ProblemException.unavailable(
        "Who you are cannot be looked up at the moment: try again in a few seconds.", cause, SOON);
  }
}
