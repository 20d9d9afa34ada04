package meower.program.request;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import meower.web.ProblemException;

/**
 * A program's own name for one call: whoever repeats the call under the same key gets the first
 * answer again.
 *
 * @param value 1–255 printable ASCII characters
 */
public record IdempotencyKey(String value) {

  static final String HEADER = "Idempotency-Key";

  /** For how long a program's key is remembered. */
  public static final Duration LIFETIME = Duration.ofHours(24);

  /** What the proxy puts before a key that it makes itself, for a program that sends none. */
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
}
