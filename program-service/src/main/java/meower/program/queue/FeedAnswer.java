package meower.program.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;

/**
 * A feed as programs see it; how far it is is left out where several queues are listed.
 *
 * @param position up to where it has flowed
 * @param behind how many events of the stream it has not looked at yet
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FeedAnswer(
    List<String> topics, @Nullable String query, @Nullable String position, @Nullable Long behind) {

  static FeedAnswer of(FeedDefinition feed, @Nullable Position position, @Nullable Long behind) {
    return new FeedAnswer(
        feed.topics().stream().map(topic -> "#" + topic).toList(),
        feed.query(),
        position == null ? null : position.toString(),
        behind);
  }
}
