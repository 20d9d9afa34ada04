package meower.query.timeline;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * How long a request waits for a meow.
 *
 * @param value 0 to 5 s
 */
record WaitTimeout(Duration value) {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,4})(ms|s)");
  private static final Duration MAX = Duration.ofSeconds(5);

  /**
   * Reads the parameter {@code wait} of a request.
   *
   * @throws ProblemException 400 naming the parameter if it is malformed or out of its range
   */
  static WaitTimeout of(@Nullable String wait) {
    if (wait == null) {
      return new WaitTimeout(Duration.ZERO);
    }
    Matcher matcher = TEXT.matcher(wait);
    if (matcher.matches()) {
      long amount = Long.parseLong(matcher.group(1));
      Duration value =
          matcher.group(2).equals("s") ? Duration.ofSeconds(amount) : Duration.ofMillis(amount);
      if (value.compareTo(MAX) <= 0) {
        return new WaitTimeout(value);
      }
    }
    throw ProblemException.badParameter(
        "wait", "wait has to be a time up to 5 seconds, such as 2s or 500ms.");
  }

  boolean isNone() {
    return value.isZero();
  }
}
