package meower.program.request;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The parameters in the address of a request.
 *
 * <p>The container would read them, too, but takes those of a form out of the body with them: and a
 * message may be a form.
 */
public final class Parameters {

  private final Map<String, String> values;

  private Parameters(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * Reads them; of several of one name the first one counts.
   *
   * @throws ProblemException 400 if they are not percent-encoded as they should be
   */
  public static Parameters of(HttpServletRequest request) {
    Map<String, String> values = new HashMap<>();
    String query = request.getQueryString();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        values.putIfAbsent(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return new Parameters(values);
  }

  private static String decode(String escaped) {
    try {
      return URLDecoder.decode(escaped, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ProblemException.malformed(
          "A % is to be followed by two hexadecimal digits; a real % is sent as %25.");
    }
  }

  /**
   * Returns the text of a parameter.
   *
   * @throws ProblemException 400 naming the parameter, if it has a NUL, which Postgres takes
   *     nowhere
   */
  public Optional<String> text(String name) {
    @Nullable String value = values.get(name);
    if (value != null && value.indexOf('\0') >= 0) {
      throw ProblemException.badParameter(name, name + " has to be a text without NUL.");
    }
    return Optional.ofNullable(value);
  }

  /**
   * Returns a duration.
   *
   * @throws ProblemException 400 naming the parameter, if it is none or out of its range
   */
  public Optional<Duration> duration(String name, Duration least, Duration most) {
    return text(name).map(value -> Durations.parse(name, value, least, most));
  }

  /**
   * Returns a whole number.
   *
   * @throws ProblemException 400 naming the parameter, if it is none or out of its range
   */
  public int number(String name, int otherwise, int least, int most) {
    @Nullable String value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw outOfRange(name, least, most);
    }
    throw outOfRange(name, least, most);
  }

  private static ProblemException outOfRange(String name, int least, int most) {
    return ProblemException.badParameter(
        name, "%s has to be a whole number from %d to %d.".formatted(name, least, most));
  }
}
