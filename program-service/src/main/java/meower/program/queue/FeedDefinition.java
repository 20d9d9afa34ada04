package meower.program.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import meower.schema.Position;
import meower.search.SearchQuery;
import meower.search.StandingSearch;
import meower.text.Hashtag;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a program wants to flow into its queue from the meows: those that have one of the topics, if
 * there are any, and that the query finds, if there is one.
 *
 * @param topics names of hashtags, folded
 * @param query as {@code GET /search} takes it; a space at its end finishes its last word
 * @param after where it begins: {@code now}, {@code beginning} or a position of the feed. A feed
 *     that has begun goes on, whatever this says then
 */
public record FeedDefinition(List<String> topics, @Nullable String query, String after) {

  static final String NOW = "now";
  static final String BEGINNING = "beginning";

  /** Postgres stores it in no text. */
  private static final char NUL = 0;

  private static final int MOST_TOPICS = 100;
  private static final Set<String> KNOWN = Set.of("topics", "query", "after");
  private static final Set<String> LATER = Set.of("presence");

  public FeedDefinition {
    topics = List.copyOf(topics);
  }

  /**
   * Reads it; {@code {}} is everything from now on.
   *
   * @throws ProblemException 400 that names the member which is unknown or wrong
   */
  static FeedDefinition of(JsonNode json) {
    if (!json.isObject()) {
      throw ProblemException.badParameter(
          "feed", "A feed is an object; {} is every meow from now on.");
    }
    json.propertyNames().forEach(FeedDefinition::requireKnown);
    return new FeedDefinition(topics(json), query(json), after(json));
  }

  private static String after(JsonNode json) {
    JsonNode value = json.path("after");
    String after = json.has("after") && value.isString() ? value.stringValue() : NOW;
    boolean isPlace =
        after.equals(NOW) || after.equals(BEGINNING) || Position.parse(after).isPresent();
    if (!isPlace || (json.has("after") && !value.isString())) {
      throw badAfter();
    }
    return after;
  }

  static ProblemException badAfter() {
    return ProblemException.badParameter(
        "feed.after",
        "feed.after has to be now, beginning or a position of the feed that is still held, as"
            + " Meower-Position has them.");
  }

  private static void requireKnown(String member) {
    if (LATER.contains(member)) {
      throw ProblemException.badParameter(
          "feed." + member, "A feed with %s is not available yet: leave it out.".formatted(member));
    }
    if (!KNOWN.contains(member)) {
      throw ProblemException.badParameter(
          "feed." + member,
          "A feed has no %s. It may have topics, query and after.".formatted(member));
    }
  }

  private static List<String> topics(JsonNode json) {
    if (!json.has("topics")) {
      return List.of();
    }
    JsonNode value = json.get("topics");
    List<String> topics = new ArrayList<>();
    value.forEach(topic ->
        topics.add(
            Hashtag.parse(topic.isString() ? topic.stringValue() : "")
                .orElseThrow(FeedDefinition::badTopics)
                .name()));
    if (!value.isArray() || topics.isEmpty() || topics.size() > MOST_TOPICS) {
      throw badTopics();
    }
    return topics.stream().distinct().toList();
  }

  private static @Nullable String query(JsonNode json) {
    if (!json.has("query")) {
      return null;
    }
    JsonNode value = json.get("query");
    String query = value.isString() ? value.stringValue().replace(NUL, ' ').stripLeading() : "";
    Optional<String> refusal =
        StandingSearch.refusal(query)
            .or(() ->
                SearchQuery.parse(query).parts().isEmpty()
                    ? Optional.of("has to have a word, a tag or an emoji to search for")
                    : Optional.empty());
    if (refusal.isPresent()) {
      throw ProblemException.badParameter("feed.query", "feed.query " + refusal.get() + ".");
    }
    return query;
  }

  private static ProblemException badTopics() {
    return ProblemException.badParameter(
        "feed.topics",
        "feed.topics has to be an array of 1 to %d hashtags, for example [\"#cats\"]."
            .formatted(MOST_TOPICS));
  }
}
