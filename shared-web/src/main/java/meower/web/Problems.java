package meower.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** The words for what the framework finds wrong before a controller sees the request. */
final class Problems {

  private Problems() {}

  static ProblemDetail internal() {
    return ProblemException.problem(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "internal",
        "Something went wrong on our side",
        "The request failed because of an error in Meower. Try again; if it stays, tell the operator"
            + " the X-Request-Id of this answer.");
  }

  static ProblemDetail undecodable() {
    return malformed("Send the parameters as percent-encoded, valid UTF-8.");
  }

  static ProblemDetail notHttp() {
    return malformed("This is not a valid HTTP request. Check its first line and its headers.");
  }

  /** Nothing of the request was looked at: it may be sent again, whatever it is. */
  static ProblemDetail stopping() {
    return ProblemException.unavailable(
            "This instance is stopping and has not read the request. Send it again.",
            null,
            Duration.ZERO)
        .getBody();
  }

  static ProblemDetail uriTooLong() {
    return ProblemException.problem(
        HttpStatus.URI_TOO_LONG,
        "uri-too-long",
        "The address is too long",
        "Keep the address under 6 KiB; send a meow in the body of the request instead of in its"
            + " address.");
  }

  static ProblemDetail headersTooLarge() {
    return ProblemException.problem(
        HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
        "headers-too-large",
        "The request headers are too large",
        "Send fewer or shorter ones: at most 90, each under 6 KiB, and together with the address"
            + " under 7 KiB.");
  }

  private static ProblemDetail malformed(String detail) {
    return ProblemException.malformed(detail).getBody();
  }

  /**
   * Describes a status that the framework decided on.
   *
   * @param parameter the parameter that is at fault, if one is
   */
  static ProblemDetail forStatus(HttpStatusCode status, @Nullable String parameter) {
    if (parameter != null) {
      return ProblemException.badParameter(
              parameter, "The parameter " + parameter + " is missing or not of the right kind.")
          .getBody();
    }
    HttpStatus known = HttpStatus.resolve(status.value());
    return known == null ? internal() : forKnown(known);
  }

  static @Nullable String parameterOf(Exception e) {
    return switch (e) {
      case MissingServletRequestParameterException missing -> missing.getParameterName();
      case MethodArgumentTypeMismatchException mismatch -> mismatch.getName();
      default -> null;
    };
  }

  private static ProblemDetail forKnown(HttpStatus status) {
    return switch (status) {
      case BAD_REQUEST ->
          malformed(
              "Check the body: it has to be complete, valid UTF-8 and of the announced type.");
      case NOT_FOUND ->
          ProblemException.problem(
              status, "not-found", "There is nothing here", "Check the address of the request.");
      case METHOD_NOT_ALLOWED -> ProblemException.methodNotAllowed().getBody();
      case NOT_ACCEPTABLE ->
          ProblemException.problem(
              status,
              "not-acceptable",
              "The wanted type cannot be had",
              "Answers are application/json, feeds and streams of events of their own type: send no"
                  + " Accept header or one that allows it.");
      case CONTENT_TOO_LARGE -> ProblemException.tooLarge().getBody();
      case URI_TOO_LONG -> uriTooLong();
      case REQUEST_HEADER_FIELDS_TOO_LARGE -> headersTooLarge();
      case UNSUPPORTED_MEDIA_TYPE ->
          ProblemException.unsupportedMediaType(
                  "Send application/json or application/x-www-form-urlencoded.")
              .getBody();
      default ->
          status.is5xxServerError()
              ? internal()
              : ProblemException.problem(
                  status,
                  "refused",
                  "The request was refused",
                  "The service refuses this request: " + status.getReasonPhrase() + ".");
    };
  }
}
