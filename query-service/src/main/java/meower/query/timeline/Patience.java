package meower.query.timeline;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * How long a request waits for a meow.
 *
 * @param atMost 0 to 5 s
 */
record Patience(Duration atMost) {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,4})(ms|s)");
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /**
   * Reads the parameter {@code wait} of a request.
   *
   * @throws ProblemException 400 naming the parameter if it is malformed or out of its range
   */
  static Patience of(@Nullable String wait) {
    if (wait == null) {
      return new Patience(Duration.ZERO);
    }
    Matcher matcher = TEXT.matcher(wait);
    if (matcher.matches()) {
      long amount = Long.parseLong(matcher.group(1));
      Duration atMost =
          matcher.group(2).equals("s") ? Duration.ofSeconds(amount) : Duration.ofMillis(amount);
      if (atMost.compareTo(LONGEST) <= 0) {
        return new Patience(atMost);
      }
    }
    throw ProblemException.badParameter(
        "wait", "wait has to be a time up to 5 seconds, such as 2s or 500ms.");
  }

  boolean isNone() {
    return atMost.isZero();
  }
}
