package meower.program.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import meower.program.request.Members;
import meower.schema.Position;
import meower.search.SearchQuery;
import meower.search.StandingSearch;
import meower.text.Hashtag;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a program wants to flow into its queue. */
public sealed interface FeedDefinition {

  /**
   * Meows: those that have one of the topics, if there are any, and that the query finds, if there
   * is one.
   *
   * @param topics names of hashtags, folded
   * @param query as {@code GET /search} takes it; a space at its end finishes its last word
   * @param after where it begins: {@code now}, {@code beginning} or a position of the feed. A feed
   *     that has begun goes on, whatever this says then
   */
  record OfMeows(List<String> topics, @Nullable String query, String after)
      implements FeedDefinition {

    static final String NOW = "now";
    static final String BEGINNING = "beginning";

    /** Postgres stores it in no text. */
    private static final char NUL = 0;

    private static final int MOST_TOPICS = 100;

    public OfMeows {
      topics = List.copyOf(topics);
    }

    private static OfMeows of(JsonNode json) {
      return new OfMeows(topics(json), query(json), after(json));
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

    private static List<String> topics(JsonNode json) {
      if (!json.has("topics")) {
        return List.of();
      }
      JsonNode value = json.get("topics");
      List<String> topics = new ArrayList<>();
      value.forEach(topic ->
          topics.add(
              Hashtag.parse(topic.isString() ? topic.stringValue() : "")
                  .orElseThrow(OfMeows::badTopics)
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

  /**
   * Who of the objects of a program comes and leaves.
   *
   * @param program whose objects they are
   * @param after the version of that presence behind which it begins; without one, now
   */
  record OfPresence(String program, OptionalLong after) implements FeedDefinition {

    private static final Pattern PROGRAM = Pattern.compile("[a-z0-9-]{1,60}");
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,18}");

    private static OfPresence of(JsonNode json) {
      JsonNode program = json.get("presence");
      if (!program.isString() || !PROGRAM.matcher(program.stringValue()).matches()) {
        throw ProblemException.badParameter(
            "feed.presence", "feed.presence has to be the name of a program.");
      }
      if (json.has("topics") || json.has("query")) {
        throw ProblemException.badParameter(
            "feed.presence",
            "A feed is of meows or of a presence, not of both: leave out topics and query, or make"
                + " a second queue.");
      }
      return new OfPresence(program.stringValue(), after(json));
    }

    private static OptionalLong after(JsonNode json) {
      JsonNode value = json.path("after");
      if (!json.has("after") || value.asString("").equals("now")) {
        return OptionalLong.empty();
      }
      if (!value.isString() || !VERSION.matcher(value.stringValue()).matches()) {
        throw badAfter();
      }
      return OptionalLong.of(Long.parseLong(value.stringValue()));
    }

    static ProblemException badAfter() {
      return ProblemException.badParameter(
          "feed.after",
          "With presence, feed.after has to be now, or as a text a version of that presence after"
              + " which all changes are still kept: that of its list, or the id of an event.");
    }
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
    Members.of(json, "feed")
        .requireKnown(
            Set.of("topics", "query", "after", "presence"),
            "A feed has no %s. It may have topics and query, or presence, and after.");
    return json.has("presence") ? OfPresence.of(json) : OfMeows.of(json);
  }
}
