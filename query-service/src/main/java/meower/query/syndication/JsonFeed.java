package meower.query.syndication;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import meower.query.meow.TimelineMeow;
import org.jspecify.annotations.Nullable;

/**
 * A feed as JSON Feed 1.1.
 *
 * @see <a href="https://www.jsonfeed.org/version/1.1/">JSON Feed</a>
 */
record JsonFeed(
    String version,
    String title,
    @JsonProperty("home_page_url") String homePageUrl,
    @JsonProperty("feed_url") String feedUrl,
    List<Item> items) {

  static final String PATH = "/feed.json";

  private static final String VERSION = "https://jsonfeed.org/version/1.1";

  /** One meow. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      String id,
      String url,
      @JsonProperty("content_text") String contentText,
      @JsonProperty("date_published") String datePublished,
      @JsonProperty("date_modified") @Nullable String dateModified) {}

  static JsonFeed of(FeedAddress address, List<TimelineMeow> meows) {
    return new JsonFeed(
        VERSION,
        address.title(),
        address.home(),
        address.self(PATH),
        meows.stream()
            .map(meow ->
                new Item(
                    address.tag("meow/" + meow.id()),
                    address.meow(meow.id()),
                    meow.body(),
                    meow.createdAt(),
                    meow.editedAt()))
            .toList());
  }
}
