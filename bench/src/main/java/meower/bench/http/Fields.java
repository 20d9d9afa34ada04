package meower.bench.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** The texts that stand behind a name in JSON, however deep, as far as they have no escapes. */
public final class Fields {

  private final Pattern pattern;

  public Fields(String name) {
    pattern = Pattern.compile("\"" + Pattern.quote(name) + "\"\\s*:\\s*\"([^\"\\\\]*)\"");
  }

  /** Returns all of them, in their order. */
  public List<String> in(byte[] json) {
    return in(new String(json, StandardCharsets.UTF_8));
  }

  /** Returns all of them, in their order. */
  public List<String> in(String json) {
    return pattern.matcher(json).results().map(found -> found.group(1)).toList();
  }
}
