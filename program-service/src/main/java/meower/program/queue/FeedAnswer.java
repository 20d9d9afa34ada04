package meower.program.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import meower.program.queue.FeedDefinition.OfMeows;
import meower.program.queue.FeedDefinition.OfPresence;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;

/**
 * A feed as programs see it; how far it is is left out where several queues are listed.
 *
 * @param topics of one of meows
 * @param presence the program whose objects' coming and leaving flows, if it is one of those
 * @param position up to where it has flowed
 * @param version likewise, of a presence
 * @param behind how many events of the stream it has not looked at yet, or how many changes of the
 *     presence are not in the queue
 * @param state whether a presence flows: {@code ok}, or {@code unknown-presence} or {@code
 *     not-allowed} because it stands still
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FeedAnswer(
    @Nullable List<String> topics,
    @Nullable String query,
    @Nullable String presence,
    @Nullable String position,
    @Nullable Long version,
    @Nullable Long behind,
    @Nullable String state) {

  /** The feed without how far it is. */
  static FeedAnswer of(FeedDefinition feed) {
    return switch (feed) {
      case OfMeows meows -> of(meows, null, null);
      case OfPresence presence ->
          new FeedAnswer(null, null, presence.program(), null, null, null, null);
    };
  }

  static FeedAnswer of(OfPresence feed, long version, long behind, String state) {
    return new FeedAnswer(null, null, feed.program(), null, version, behind, state);
  }

  static FeedAnswer of(OfMeows feed, @Nullable Position position, @Nullable Long behind) {
    return new FeedAnswer(
        feed.topics().stream().map(topic -> "#" + topic).toList(),
        feed.query(),
        null,
        position == null ? null : position.toString(),
        null,
        behind,
        null);
  }
}
