package meower.web;

import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * What the container refuses by itself, before any filter sees it.
 *
 * @param status that the container answers with
 * @param failure why, if it says so
 * @param hasAddress whether it could read the address of the request
 */
record ContainerRefusal(int status, @Nullable Throwable failure, boolean hasAddress) {

  /**
   * A head that is too large gets the same status, and an exception of the same class, as one that
   * cannot be read. So this is the message, looked up where the container does, in its language.
   */
  private static final String TOO_LARGE =
      StringManager.getManager(Http11InputBuffer.class)
          .getString("iib.requestheadertoolarge.error");

  ProblemDetail problem() {
    if (isTooLarge()) {
      return hasAddress ? Problems.headersTooLarge() : Problems.uriTooLong();
    }
    return switch (HttpStatus.resolve(status)) {
      // What the container does not understand is the request's fault; nginx says it likewise.
      case BAD_REQUEST, LENGTH_REQUIRED, NOT_IMPLEMENTED, HTTP_VERSION_NOT_SUPPORTED ->
          Problems.notHttp();
      case HttpStatus known -> Problems.forStatus(known, null);
      case null -> Problems.internal();
    };
  }

  /** With too many lines, reading the head fails with this class, and for no other reason. */
  private boolean isTooLarge() {
    return status == HttpStatus.BAD_REQUEST.value()
        && (failure instanceof IllegalStateException
            || (failure != null && TOO_LARGE.equals(failure.getMessage())));
  }
}
