package meower.query.page;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import meower.web.ProblemException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Documents as they are answered: kept by nobody, because a meow may be deleted at any time. */
final class HtmlAnswer {

  private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

  /** What stands in a document instead of a meow. */
  record Refusal(String home, String title, String detail) {}

  private HtmlAnswer() {}

  static ResponseEntity<byte[]> of(HttpStatusCode status, HttpHeaders headers, byte[] document) {
    return ResponseEntity.status(status)
        .headers(headers)
        .contentType(HTML)
        .cacheControl(CacheControl.noStore())
        .varyBy(HttpHeaders.ACCEPT)
        .body(document);
  }

  static Refusal refusal(ProblemException problem, URI base) {
    return new Refusal(
        base + "/",
        String.valueOf(problem.getBody().getTitle()),
        String.valueOf(problem.getBody().getDetail()));
  }
}
