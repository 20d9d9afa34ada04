package meower.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/**
 * A name for one request: whoever repeats it under the same key gets the first answer again, and
 * nothing is done twice.
 *
 * @param value 1–255 printable ASCII characters
 * @param isOfProxy whether the proxy made it, for a client that sends none
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">the
 *     Idempotency-Key header</a>
 */
public record IdempotencyKey(String value, boolean isOfProxy) {

  static final String HEADER = "Idempotency-Key";

  /** In which the proxy says its own name for a request. It overwrites whatever a client sends. */
  static final String PROXY_HEADER = "Meower-Attempt";

  /** For how long a client's key is remembered. */
  public static final Duration LIFETIME = Duration.ofHours(24);

  /** With what a stored key begins that the proxy made, and no other one. */
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
   * A client's.
   *
   * @throws ProblemException 400 if it is not of this form
   */
  public IdempotencyKey(String value) {
    this(value, false);
  }

  /**
   * Reads the headers of a request: the client's key, or else the proxy's.
   *
   * @throws ProblemException 400 if there are several of them, or it is not of this form
   */
  public static Optional<IdempotencyKey> of(HttpServletRequest request) {
    List<String> values = Collections.list(request.getHeaders(HEADER));
    if (values.size() > 1) {
      throw ProblemException.badParameter(HEADER, "Send one Idempotency-Key, not several.");
    }
    return values.isEmpty()
        ? Optional.ofNullable(request.getHeader(PROXY_HEADER))
            .map(value -> new IdempotencyKey(value, true))
        : Optional.of(new IdempotencyKey(values.getFirst()));
  }

  /**
   * Returns it as it is stored beside the name of its program: no client's begins like the proxy's.
   */
  public String text() {
    if (isOfProxy) {
      return PROXY_PREFIX + value;
    }
    // No header begins with a space.
    return value.startsWith(PROXY_PREFIX) ? " " + value : value;
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
