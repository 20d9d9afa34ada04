package meower.program.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import meower.program.request.Durations;
import org.jspecify.annotations.Nullable;

/** A queue as programs see it; how much is in it is left out where several are listed. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record QueueAnswer(
    String name,
    String program,
    String lease,
    @JsonProperty("max_deliveries") int maxDeliveries,
    String keep,
    List<String> publishers,
    List<String> consumers,
    @Nullable FeedAnswer feed,
    boolean paused,
    @JsonProperty("created_at") String createdAt,
    @Nullable Long ready,
    @Nullable Long leased,
    @Nullable Long delayed,
    @Nullable Long dead,
    @JsonProperty("oldest_ready") @Nullable Double oldestReady) {

  static QueueAnswer of(Queue queue) {
    return of(
        queue,
        null,
        queue.definition().feed().map(feed -> FeedAnswer.of(feed, null, null)).orElse(null));
  }

  static QueueAnswer of(Queue queue, @Nullable Counts counts, @Nullable FeedAnswer feed) {
    Definition definition = queue.definition();
    return new QueueAnswer(
        queue.name(),
        queue.program(),
        Durations.format(definition.lease()),
        definition.maxDeliveries(),
        Durations.format(definition.keep()),
        definition.publishers(),
        definition.consumers(),
        feed,
        queue.paused(),
        queue.createdAt().toString(),
        counts == null ? null : counts.ready(),
        counts == null ? null : counts.leased(),
        counts == null ? null : counts.delayed(),
        counts == null ? null : counts.dead(),
        counts == null ? null : counts.oldestReady());
  }
}
