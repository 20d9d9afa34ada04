package meower.query.timeline;

import java.util.regex.Pattern;
import meower.schema.EventKey;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Which revision of a meow a request waits for.
 *
 * @param value 1 or more; 1 is what was posted
 */
record WantedRevision(int value) {

  private static final Pattern TEXT = Pattern.compile("[1-9][0-9]{0,4}");

  /**
   * Reads the parameter {@code revision} of a request.
   *
   * @throws ProblemException 400 naming the parameter if it is malformed
   */
  static WantedRevision of(@Nullable String revision) {
    if (revision == null) {
      return new WantedRevision(EventKey.CREATION);
    }
    if (!TEXT.matcher(revision).matches()) {
      throw ProblemException.badParameter(
          "revision", "revision has to be the number of a text of the meow, from 1 up.");
    }
    return new WantedRevision(Integer.parseInt(revision));
  }
}
