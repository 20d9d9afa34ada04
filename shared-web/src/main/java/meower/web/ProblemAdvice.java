package meower.web;

import meower.web.log.SeldomLog;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/** Turns every exception of a controller into a problem that says what to do. */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
  private static final SeldomLog failures = new SeldomLog(log);

  @ExceptionHandler
  ResponseEntity<Object> onUnexpected(Exception e) {
    failures.error("request=failed", e);
    return ProblemAnswer.of(
        HttpStatus.INTERNAL_SERVER_ERROR, new HttpHeaders(), Problems.internal());
  }

  /** Tomcat decodes the parameters only when a controller asks for them. */
  @ExceptionHandler
  ResponseEntity<Object> onUndecodable(InvalidParameterException e) {
    log.debug("request=undecodable", e);
    return ProblemAnswer.of(HttpStatus.BAD_REQUEST, new HttpHeaders(), Problems.undecodable());
  }

  /** The body ends too early or is wrongly cut into chunks. */
  @ExceptionHandler
  ResponseEntity<Object> onBrokenBody(BadRequestException e) {
    log.debug("request=broken", e);
    return ProblemAnswer.of(
        HttpStatus.BAD_REQUEST,
        new HttpHeaders(),
        Problems.forStatus(HttpStatus.BAD_REQUEST, null));
  }

  @Override
  protected ResponseEntity<Object> handleExceptionInternal(
      Exception e,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    logServerError(e, status);
    if (e instanceof ProblemException problem) {
      return ProblemAnswer.of(status, headers, problem.getBody());
    }
    HttpHeaders kept = HttpHeaders.copyOf(headers);
    if (status.isSameCodeAs(HttpStatus.NOT_ACCEPTABLE)) {
      // The framework would list all that it can make, by its own names.
      kept.remove(HttpHeaders.ACCEPT);
    }
    return ProblemAnswer.of(status, kept, Problems.forStatus(status, Problems.parameterOf(e)));
  }

  private static void logServerError(Exception e, HttpStatusCode status) {
    if (status.isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)) {
      log.debug("request=unavailable", e);
    } else if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
      log.debug("request=abandoned", e);
    } else if (status.is5xxServerError()) {
      failures.error("request=failed", e);
    }
  }
}
