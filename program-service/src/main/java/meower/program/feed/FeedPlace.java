package meower.program.feed;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import meower.program.queue.FeedDefinition;
import meower.program.queue.Queue;
import meower.schema.EventKey;
import meower.schema.Position;

/**
 * How far the feed of a queue has flowed.
 *
 * @param position everything up to it is in the queue
 * @param last the last event up to there, if there was one since the feed began
 * @param happenedAt when that happened; without one, when the feed began
 * @param isEnded whether nothing flows any more, and only texts of deleted meows are taken out
 */
record FeedPlace(
    Queue queue, Position position, Optional<EventKey> last, Instant happenedAt, boolean isEnded) {

  /**
   * Tells whether a meow with these topics flows into the queue.
   *
   * @param finding queues whose queries find the meow
   */
  boolean wants(List<String> topics, Set<Long> finding) {
    return !isEnded
        && queue.definition().feed() instanceof FeedDefinition.OfMeows feed
        && (feed.topics().isEmpty() || feed.topics().stream().anyMatch(topics::contains))
        && (feed.query() == null || finding.contains(queue.id()));
  }
}
