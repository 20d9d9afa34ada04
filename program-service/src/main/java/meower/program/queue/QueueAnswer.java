package meower.program.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import meower.program.receiver.PushAnswer;
import meower.program.receiver.PushDefinition;
import meower.program.receiver.ReceiverState;
import meower.program.request.Durations;
import org.jspecify.annotations.Nullable;

/**
 * A queue as programs see it; how much is in it is left out where several are listed, and the
 * secret is there once.
 */
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
    @JsonProperty("oldest_ready") @Nullable Double oldestReady,
    @Nullable PushAnswer push,
    @Nullable String secret) {

  static QueueAnswer of(Queue queue) {
    return of(queue, (String) null);
  }

  /**
   * Returns the answer to a definition.
   *
   * @param secret if it is a new one
   */
  static QueueAnswer of(Queue queue, @Nullable String secret) {
    @Nullable FeedDefinition feed = queue.definition().feed();
    @Nullable PushDefinition push = queue.definition().push();
    return of(
        queue,
        null,
        feed == null ? null : FeedAnswer.of(feed),
        push == null ? null : PushAnswer.of(push),
        secret);
  }

  /**
   * Returns the answer to the question how a queue is doing.
   *
   * @param feed how far its feed is, if it has one
   * @param state of its receiver, if it has one
   */
  static QueueAnswer of(
      Queue queue, Counts counts, @Nullable FeedAnswer feed, @Nullable ReceiverState state) {
    @Nullable PushDefinition push = queue.definition().push();
    return of(
        queue,
        counts,
        feed,
        push == null ? null : state == null ? PushAnswer.of(push) : PushAnswer.of(push, state),
        null);
  }

  private static QueueAnswer of(
      Queue queue,
      @Nullable Counts counts,
      @Nullable FeedAnswer feed,
      @Nullable PushAnswer push,
      @Nullable String secret) {
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
        counts == null ? null : counts.oldestReady(),
        push,
        secret);
  }
}
