package meower.query.search;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a search has to find, and mark.
 *
 * @param marked the body with its matches in brackets; nothing if it is not to be found
 * @param why what it is an example of
 */
record SearchCase(String body, String query, @Nullable String marked, String why) {

  /** Returns the cases of {@code cases.json}. */
  static List<SearchCase> all() throws IOException {
    try (InputStream file = SearchCase.class.getResourceAsStream("cases.json")) {
      return List.of(
          JsonMapper.shared().readValue(Objects.requireNonNull(file), SearchCase[].class));
    }
  }

  @Override
  public String toString() {
    return why + ": " + query + " in " + body;
  }
}
