package meower.pusher.hub;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import meower.pusher.feed.Selection;
import meower.schema.Position;
import meower.search.SearchQuery;
import meower.search.StandingSearch;
import meower.text.Hashtag;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * What a browser asks for when it connects.
 *
 * @param after the position up to which it has everything, if it said one that can be read
 * @param selection what of the feed it wants from the beginning
 * @param isOnlineWanted whether it is told how many are connected
 */
public record FeedRequest(@Nullable Position after, Selection selection, boolean isOnlineWanted) {

  private static final String AFTER = "after";
  private static final String TOPIC = "topic";
  private static final String QUERY = "query";
  private static final String ONLINE = "online";

  /**
   * Reads the address of the handshake. A position that cannot be read is like one that is no
   * longer held: not resumed.
   *
   * @throws ProblemException if it names a topic that is none, or more than may be, or a search
   *     that is none or can not stand, or if a parameter is none of what it may be
   */
  public static FeedRequest of(@Nullable URI uri, int maxTopics) {
    if (uri == null) {
      return new FeedRequest(null, Selection.EVERYTHING, false);
    }
    MultiValueMap<String, String> parameters =
        UriComponentsBuilder.fromUri(uri).build().getQueryParams();
    @Nullable String after = parameters.getFirst(AFTER);
    return new FeedRequest(
        after == null ? null : Position.parse(after).orElse(null),
        selection(
            topics(parameters.getOrDefault(TOPIC, List.of()), maxTopics),
            parameters.getOrDefault(QUERY, List.of())),
        isOnlineWanted(parameters));
  }

  /** Returns the same request from another position on, if that can be read. */
  public FeedRequest from(String position) {
    return new FeedRequest(Position.parse(position).orElse(null), selection, isOnlineWanted);
  }

  private static Selection selection(Set<String> topics, List<String> queries) {
    if (queries.isEmpty()) {
      return new Selection.Topics(topics);
    }
    if (queries.size() > 1 || !topics.isEmpty()) {
      throw ProblemException.badParameter(
          QUERY, "Follow topics or one search: a search may have hashtags among its words.");
    }
    // One without a value is null, whatever the framework declares.
    String form = Objects.requireNonNullElse(queries.getFirst(), "");
    // Spaces come as + or %20; a + that is meant comes as %2B.
    String text = UriUtils.decode(form.replace('+', ' '), StandardCharsets.UTF_8).stripLeading();
    StandingSearch.refusal(text)
        .ifPresent(refusal -> {
          throw ProblemException.badParameter(QUERY, "query " + refusal + ".");
        });
    return new Selection.Search(SearchQuery.parse(text));
  }

  private static Set<String> topics(List<String> encoded, int maxTopics) {
    Set<String> topics = new HashSet<>();
    for (String each : encoded) {
      // One without a value is null, whatever the framework declares.
      String text = UriUtils.decode(String.valueOf(each), StandardCharsets.UTF_8);
      topics.add(Hashtag.parse(text).orElseThrow(FeedRequest::noTopic).name());
    }
    if (topics.size() > maxTopics) {
      throw ProblemException.badParameter(TOPIC, "Name at most " + maxTopics + " topics.");
    }
    return topics;
  }

  private static boolean isOnlineWanted(MultiValueMap<String, String> parameters) {
    if (!parameters.containsKey(ONLINE)) {
      return false;
    }
    // One without a value is null, whatever the framework declares.
    return switch (String.valueOf(parameters.getFirst(ONLINE))) {
      case "1" -> true;
      case "0" -> false;
      default ->
          throw ProblemException.badParameter(
              ONLINE, "online=1 asks for the number of connections; leave it out, or 0, without.");
    };
  }

  private static ProblemException noTopic() {
    return ProblemException.badParameter(
        TOPIC, "A topic is a hashtag, percent-encoded: topic=%23cats.");
  }
}
