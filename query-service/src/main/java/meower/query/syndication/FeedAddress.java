package meower.query.syndication;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Which feed was asked for, and where.
 *
 * @param base the address of Meower, without a slash at its end
 * @param query what its meows have to match; nothing for all of them
 * @param parameters as they stand in its address, with the question mark
 */
record FeedAddress(URI base, @Nullable String query, String parameters) {

  private static final String YEAR = "2026";

  /**
   * Reads the parameters.
   *
   * @throws ProblemException 400 if there are both, or the topic is none
   */
  static FeedAddress of(URI base, @Nullable String topic, @Nullable String query) {
    if (topic != null && query != null) {
      throw ProblemException.badParameter("query", "Ask for a topic or a query, not for both.");
    }
    if (topic != null) {
      if (!topic.startsWith("#") || topic.strip().length() < 2 || topic.strip().contains(" ")) {
        throw ProblemException.badParameter(
            "topic", "topic has to be a hashtag; its # is written %23, as in topic=%23cats.");
      }
      // The space finishes it: a tag that only begins like it is another one.
      return new FeedAddress(base, topic.strip() + " ", "?topic=" + encoded(topic.strip()));
    }
    return new FeedAddress(base, query, query == null ? "" : "?query=" + encoded(query));
  }

  /** What a reader calls the feed. */
  String title() {
    return query == null ? "Meower" : "Meower: " + query.strip();
  }

  /** The address of the feed in one of its forms. */
  String self(String path) {
    return base + path + parameters;
  }

  String home() {
    return base + "/";
  }

  String meow(String id) {
    return base + "/meows/" + id;
  }

  /** A name that stays the same wherever it is read (RFC 4151). */
  String tag(String what) {
    return "tag:" + base.getHost() + "," + YEAR + ":" + what;
  }

  /** A feed's own name; what a search is for is a part of it. */
  String tag() {
    return tag("feed" + parameters);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
