package meower.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/**
 * A client's own name for one request: whoever repeats it under the same key gets the first answer
 * again, and nothing is done twice.
 *
 * @param value 1–255 printable ASCII characters
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">the
 *     Idempotency-Key header</a>
 */
public record IdempotencyKey(String value) {

  static final String HEADER = "Idempotency-Key";

  /** For how long a client's key is remembered. */
  public static final Duration LIFETIME = Duration.ofHours(24);

  /** What the proxy puts before a key that it makes itself, for a client that sends none. */
  public static final String PROXY_PREFIX = "nginx-";

  /** For how long a proxy's key is remembered: only the proxy's own next try repeats it. */
  public static final Duration PROXY_LIFETIME = Duration.ofMinutes(10);

  private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7E]{1,255}");

  /**
   * @throws ProblemException 400 if it is not of this form
   */
  public IdempotencyKey {
    if (!PRINTABLE.matcher(value).matches()) {
      throw ProblemException.badParameter(
          HEADER, "An Idempotency-Key has 1 to 255 printable characters, for example a UUID.");
    }
  }

  /**
   * Reads the header of a request.
   *
   * @throws ProblemException 400 if there are several of them, or it is not of this form
   */
  public static Optional<IdempotencyKey> of(HttpServletRequest request) {
    List<String> values = Collections.list(request.getHeaders(HEADER));
    if (values.size() > 1) {
      throw ProblemException.badParameter(HEADER, "Send one Idempotency-Key, not several.");
    }
    return values.stream().findFirst().map(IdempotencyKey::new);
  }

  /** Whether the proxy made it. */
  public boolean isOfProxy() {
    return value.startsWith(PROXY_PREFIX);
  }

  /** The answer to a request under a key that another one had. */
  public static ProblemException taken() {
    return new ProblemException(
        HttpStatus.UNPROCESSABLE_CONTENT,
        "idempotency-key-reused",
        "The Idempotency-Key was used for something else",
        "Use a new key for each request, and the same one only to repeat it unchanged.");
  }
}
