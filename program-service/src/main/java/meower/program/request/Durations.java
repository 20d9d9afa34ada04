package meower.program.request;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meower.web.ProblemException;

/**
 * Durations as programs write them: a whole number with a unit, like {@code 500ms} or {@code 7d}.
 */
public final class Durations {

  private static final Pattern FORM = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

  private Durations() {}

  /**
   * Reads a duration.
   *
   * @param name of the parameter or field
   * @throws ProblemException 400 naming it, if it is none or out of its range
   */
  public static Duration parse(String name, String text, Duration least, Duration most) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw refused(name, least, most);
    }
    long count = Long.parseLong(parts.group(1));
    Duration duration =
        switch (parts.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofSeconds(Math.multiplyExact(count, 86_400L));
        };
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      throw refused(name, least, most);
    }
    return duration;
  }

  /** Writes a duration so that it is read as the same again, in the largest unit that fits. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 86_400 == 0 && seconds > 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3600 == 0 && seconds > 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private static ProblemException refused(String name, Duration least, Duration most) {
    return ProblemException.badParameter(
        name,
        "%s has to be a duration from %s to %s: a whole number with ms, s, m, h or d."
            .formatted(name, format(least), format(most)));
  }
}
