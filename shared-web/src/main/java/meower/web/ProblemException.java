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

  /** Answers 400 for a request that cannot be read. */
  public static ProblemException malformed(String detail) {
    return new ProblemException(
        HttpStatus.BAD_REQUEST, "malformed-request", "The request cannot be read", detail);
  }

  /** Answers 405; the answer's header {@code Allow} has to name what is allowed. */
  public static ProblemException methodNotAllowed() {
    return new ProblemException(
        HttpStatus.METHOD_NOT_ALLOWED,
        "method-not-allowed",
        "The method is not allowed here",
        "Use one of the methods that the Allow header names.");
  }

  /** Answers 403 to a page that is not Meower's own. */
  public static ProblemException foreignOrigin() {
    return new ProblemException(
        HttpStatus.FORBIDDEN,
        "foreign-origin",
        "A page of another origin may not do this",
        "Open Meower's own page, or have the operator let the origin of this one in:"
            + " ./meower up --allowed-origin URL, in containers MEOWER_ALLOWED_ORIGINS.");
  }

  /** Answers 413 for a request body over 16 KiB. */
  public static ProblemException tooLarge() {
    return new ProblemException(
        HttpStatus.CONTENT_TOO_LARGE,
        "too-large",
        "The request is too large",
        "A request has at most 16 KiB, and a meow at most 140 characters: send less.");
  }

  /** Answers 415 for a request body that is not of a type or coding that can be read. */
  public static ProblemException unsupportedMediaType(String detail) {
    return new ProblemException(
        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
        "unsupported-media-type",
        "The content type is not supported",
        detail);
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
