package meower.pusher.hub;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import meower.schema.Position;
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
 * @param topics what it is subscribed to from the beginning
 */
public record FeedRequest(@Nullable Position after, Set<String> topics) {

  private static final String AFTER = "after";
  private static final String TOPIC = "topic";

  public FeedRequest {
    topics = Set.copyOf(topics);
  }

  /**
   * Reads the address of the handshake. A position that cannot be read is like one that is no
   * longer held: not resumed.
   *
   * @throws ProblemException if it names a topic that is none, or more than may be
   */
  public static FeedRequest of(@Nullable URI uri, int maxTopics) {
    if (uri == null) {
      return new FeedRequest(null, Set.of());
    }
    MultiValueMap<String, String> parameters =
        UriComponentsBuilder.fromUri(uri).build().getQueryParams();
    @Nullable String after = parameters.getFirst(AFTER);
    return new FeedRequest(
        after == null ? null : Position.parse(after).orElse(null),
        topics(parameters.getOrDefault(TOPIC, List.of()), maxTopics));
  }

  /** Returns the same request from another position on, if that can be read. */
  public FeedRequest from(String position) {
    return new FeedRequest(Position.parse(position).orElse(null), topics);
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

  private static ProblemException noTopic() {
    return ProblemException.badParameter(
        TOPIC, "A topic is a hashtag, percent-encoded: topic=%23cats.");
  }
}
