package meower.standalone.proxy;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces ${MEOWER_…} in a text, as envsubst does in the containers. Everything else with a $
 * stays.
 */
public record Template(String text) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(MEOWER_[A-Z_]+)}");

  /**
   * Returns the text with the values in their places.
   *
   * @throws IllegalArgumentException when the text wants a value that is not there
   */
  public String render(Map<String, String> values) {
    Set<String> missing = new TreeSet<>();
    String rendered =
        VARIABLE
            .matcher(text)
            .replaceAll(match -> {
              String value = values.get(match.group(1));
              if (value == null) {
                missing.add(match.group(1));
                return "";
              }
              return Matcher.quoteReplacement(value);
            });
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("no value for " + String.join(", ", missing));
    }
    return rendered;
  }
}
