package meower.command.meow;

import java.time.Duration;
import java.util.regex.Pattern;
import meower.web.ProblemException;

/**
 * A client's own name for one post: whoever repeats the post under the same key gets the first
 * answer again instead of a second meow.
 *
 * @param value 1–255 printable ASCII characters
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">the
 *     Idempotency-Key header</a>
 */
record IdempotencyKey(String value) {

  static final String HEADER = "Idempotency-Key";

  /** For how long a key is remembered. */
  static final Duration LIFETIME = Duration.ofHours(24);

  private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7E]{1,255}");

  /**
   * @throws ProblemException 400 if it is not of this form
   */
  IdempotencyKey {
    if (!PRINTABLE.matcher(value).matches()) {
      throw ProblemException.badParameter(
          HEADER, "An Idempotency-Key has 1 to 255 printable characters, for example a UUID.");
    }
  }
}
