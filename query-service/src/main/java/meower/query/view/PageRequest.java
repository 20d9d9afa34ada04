package meower.query.view;

import java.util.regex.Pattern;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted.
 *
 * @param take how many, 1–500
 * @param skip how many are left out before, together with {@code take} at most 10,000
 */
public record PageRequest(int take, int skip) {

  /** The largest number of meows in one answer. */
  public static final int MAX_TAKE = 500;

  private static final int DEFAULT_TAKE = 100;
  private static final int MAX_REACH = 10_000;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  /**
   * Reads the parameters of a request.
   *
   * @param beyond what to do instead of skipping further than 10,000, a sentence
   * @throws ProblemException 400 naming the parameter that is malformed or out of its range
   */
  public static PageRequest of(@Nullable String take, @Nullable String skip, String beyond) {
    int wanted = number("take", take, DEFAULT_TAKE, 1, MAX_TAKE);
    int skipped = number("skip", skip, 0, 0, Integer.MAX_VALUE);
    if (skipped > MAX_REACH - wanted) {
      throw ProblemException.badParameter(
          "skip", "skip and take together reach 10000 at most. " + beyond);
    }
    return new PageRequest(wanted, skipped);
  }

  /** Returns how many there have to be to know whether there are more behind the page. */
  public int reach() {
    return skip + take + 1;
  }

  /** Tells whether the page behind this one is within reach. */
  public boolean hasNext() {
    return skip + 2 * take <= MAX_REACH;
  }

  private static int number(String name, @Nullable String text, int absent, int min, int max) {
    if (text == null) {
      return absent;
    }
    int number = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
    if (number < min || number > max) {
      throw ProblemException.badParameter(
          name,
          "%s has to be a whole number from %d%s."
              .formatted(name, min, max == Integer.MAX_VALUE ? " up" : " to " + max));
    }
    return number;
  }
}
