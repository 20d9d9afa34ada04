package meower.web;

import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.http.server.ServerHttpResponse;

/**
 * How a problem is answered: in its own media type whatever the request accepts, and for no cache,
 * since the same request may go well a moment later.
 */
public final class ProblemAnswer {

  static final String CACHE_CONTROL = "no-store";

  private static final JacksonJsonHttpMessageConverter JSON = new JacksonJsonHttpMessageConverter();

  private ProblemAnswer() {}

  /** Answers where there is no controller, for example to a handshake. */
  public static void write(ProblemException problem, ServerHttpResponse response)
      throws IOException {
    response.setStatusCode(problem.getStatusCode());
    response.getHeaders().putAll(problem.getHeaders());
    response.getHeaders().setCacheControl(CACHE_CONTROL);
    JSON.write(problem.getBody(), MediaType.APPLICATION_PROBLEM_JSON, response);
  }

  static ResponseEntity<Object> of(
      HttpStatusCode status, HttpHeaders headers, ProblemDetail problem) {
    return ResponseEntity.status(status)
        .headers(headers)
        .header(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }
}
