package meower.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;

/** How the body of a request is packed: as it is, and in no other way. */
public final class ContentCoding {

  private static final String IDENTITY = "identity";

  private ContentCoding() {}

  /**
   * Refuses a body that would have to be unpacked.
   *
   * @throws ProblemException 415
   */
  public static void requireNone(HttpServletRequest request) {
    boolean isPacked =
        Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)).stream()
            .flatMap(value -> StringUtils.commaDelimitedListToSet(value).stream())
            .map(String::strip)
            .anyMatch(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase(IDENTITY));
    if (isPacked) {
      ProblemException problem =
          ProblemException.unsupportedMediaType("Send the body as it is, without compressing it.");
      problem.getHeaders().set(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
      throw problem;
    }
  }
}
