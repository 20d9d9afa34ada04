package meower.nats;

import static java.util.Objects.requireNonNull;

import io.nats.client.ConsumerContext;
import io.nats.client.FetchConsumeOptions;
import io.nats.client.FetchConsumer;
import io.nats.client.Message;
import io.nats.client.StreamContext;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import meower.schema.MeowStream;
import meower.schema.Position;

/**
 * Reads stretches of the stream's past, or fails: what it returns is everything that the stream
 * holds there, and of the epoch that was asked for.
 */
public final class PastReader {

  /** For all messages together; the server has them at hand, but the machine may be busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** After this the server removes a consumer that we could not remove. */
  private static final Duration ABANDONED = Duration.ofSeconds(10);

  private final NatsLink link;
  private final Streams streams;

  public PastReader(NatsLink link, Streams streams) {
    this.link = link;
    this.streams = streams;
  }

  /**
   * Returns the messages after a sequence up to a position, without those that the stream no longer
   * holds.
   *
   * @param after below the sequence of the position
   * @throws IOException if not everything came, or if the stream is not, or not yet again, what it
   *     was: of another epoch, shorter than the position, or being refilled
   * @throws Exception if NATS is away or refuses
   */
  public List<Message> read(long after, Position to) throws Exception {
    requireWhole(to);
    StreamContext stream = link.connection().getStreamContext(MeowStream.NAME);
    ConsumerContext consumer = stream.createOrUpdateConsumer(startingAt(after + 1));
    ConsumerInfo created = requireNonNull(consumer.getCachedConsumerInfo());
    // More than the stretch has places, or nothing, cannot be asked for.
    long count = Math.min(created.getNumPending(), to.sequence() - after);
    List<Message> messages =
        count == 0 ? List.of() : fetch(consumer, Math.toIntExact(count), to.sequence());
    stream.deleteConsumer(created.getName());
    // Before and after: one that was shorter when the consumer counted what there is, and was
    // completed while it was read, would seem to have a hole.
    requireWhole(to);
    return messages;
  }

  private static ConsumerConfiguration startingAt(long sequence) {
    return ConsumerConfiguration.builder()
        .deliverPolicy(DeliverPolicy.ByStartSequence)
        .startSequence(sequence)
        .ackPolicy(AckPolicy.None)
        .inactiveThreshold(ABANDONED)
        .memStorage(true)
        .numReplicas(1)
        .build();
  }

  private static List<Message> fetch(ConsumerContext consumer, int count, long to)
      throws Exception {
    FetchConsumer request = consumer.fetch(options(count));
    try {
      return take(request, count, to);
    } finally {
      request.close();
    }
  }

  /** The consumer numbers what it delivers: what got lost on the way is noticed. */
  private static List<Message> take(FetchConsumer request, int count, long to) throws Exception {
    List<Message> messages = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      Message message = request.nextMessage();
      if (message == null || message.metaData().consumerSequence() != i) {
        throw new IOException("not everything came");
      }
      // What the stream no longer holds lets the request reach beyond.
      if (message.metaData().streamSequence() <= to) {
        messages.add(message);
      }
    }
    return messages;
  }

  private static FetchConsumeOptions options(int count) {
    return FetchConsumeOptions.builder().maxMessages(count).expiresIn(PATIENCE.toMillis()).build();
  }

  private void requireWhole(Position to) throws Exception {
    StreamInfo info = streams.findMeows().orElseThrow(() -> new IOException("no stream any more"));
    Position last = Streams.lastPosition(info);
    if (!last.epoch().equals(to.epoch())
        || last.sequence() < to.sequence()
        || Streams.isRefilling(info)) {
      throw new IOException("the stream is not what it was");
    }
  }
}
