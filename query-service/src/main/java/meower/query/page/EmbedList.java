package meower.query.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import meower.text.Hashtag;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Which meows are embedded as a list.
 *
 * @param tag the hashtag with its sign; nothing for all meows
 * @param count how many at most, 1 to 20
 */
record EmbedList(@Nullable String tag, String count) {

  private static final String DEFAULT_COUNT = "5";

  /**
   * Reads the parameters.
   *
   * @param tag with or without its sign
   * @throws ProblemException 400 naming the parameter that is malformed
   */
  static EmbedList of(@Nullable String tag, @Nullable String n) {
    String count = n == null ? DEFAULT_COUNT : n;
    if (!count.matches("[1-9]|1[0-9]|20")) {
      throw ProblemException.badParameter("n", "n has to be a whole number from 1 to 20.");
    }
    return new EmbedList(tag == null ? null : signed(tag.strip()), count);
  }

  private static String signed(String tag) {
    String signed = Hashtag.in(tag).isEmpty() ? "#" + tag : tag;
    List<Hashtag> found = Hashtag.in(signed);
    if (found.size() != 1 || found.getFirst().end() != signed.length()) {
      throw ProblemException.badParameter(
          "tag", "tag has to be one hashtag, without its # or with it as %23: tag=cats.");
    }
    return signed;
  }

  /** What finds them; the space finishes the tag: one that only begins like it is another one. */
  @Nullable String query() {
    return tag == null ? null : tag + " ";
  }

  String title() {
    return tag == null ? "Meower" : tag;
  }

  /** Where the page shows all of them. */
  String path() {
    @Nullable String query = query();
    return query == null
        ? "/"
        : "/?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + "&sort=newest";
  }
}
