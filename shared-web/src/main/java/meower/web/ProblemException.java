package meower.web;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A request that is answered with a problem (RFC 9457) instead of a result.
 *
 * <p>The detail is read by a person and tells them what to do; it never carries the message of
 * another exception. The type is stable: programs may depend on it.
 */
public final class ProblemException extends ErrorResponseException {

  /** A problem of the request: sending it again unchanged will not help. */
  public ProblemException(HttpStatus status, String slug, String title, String detail) {
    super(status, problem(status, slug, title, detail), null);
  }

  private ProblemException(ProblemDetail problem, @Nullable Throwable cause, Duration retryAfter) {
    super(HttpStatus.valueOf(problem.getStatus()), problem, cause);
    getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds())));
  }

  /**
   * Answers 400 for a parameter that cannot be understood.
   *
   * @param parameter its name, which the answer repeats in its field {@code parameter}
   */
  public static ProblemException badParameter(String parameter, String detail) {
    ProblemException problem =
        new ProblemException(
            HttpStatus.BAD_REQUEST, "invalid-parameter", "A parameter is invalid", detail);
    problem.getBody().setProperty("parameter", parameter);
    return problem;
  }

  /**
   * Answers 503 because something that the service needs is away or overloaded.
   *
   * @param cause what failed, for the log only
   * @param retryAfter when to try again; sent in whole seconds, at least one
   */
  public static ProblemException unavailable(
      String detail, @Nullable Throwable cause, Duration retryAfter) {
    return new ProblemException(
        problem(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "Not available now", detail),
        cause,
        retryAfter);
  }

  static ProblemDetail problem(HttpStatus status, String slug, String title, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create("/problems/" + slug));
    problem.setTitle(title);
    return problem;
  }
}
