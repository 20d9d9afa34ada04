package meower.stream;

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
import meower.nats.NatsLink;
import meower.schema.MeowStream;
import meower.schema.Position;

/**
 * Reads stretches of the stream's past, or fails: what it returns is everything that the stream
 * holds there, and of the epoch that was asked for.
 *
 * <p>Where the owner of the stream has erased a message there is a hole, which means nothing: what
 * was there was taken back. What came before the first message is another matter: it is no longer
 * held, and nobody can say what it was.
 */
public final class PastReader {

  /** For all messages together; the server has them at hand, but the machine may be busy. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** After this the server removes a consumer that we could not remove. */
  private static final Duration ABANDONED = Duration.ofSeconds(10);

  private final NatsLink link;
  private final Streams streams;

  public PastReader(NatsLink link, Streams streams) {
    this.link = link;
    this.streams = streams;
  }

  /**
   * What the stream holds of a stretch.
   *
   * @param messages in order, without those that were erased
   * @param heldAfter what came up to this sequence the stream does not hold any more
   */
  public record Stretch(List<Message> messages, long heldAfter) {

    public Stretch {
      messages = List.copyOf(messages);
    }
  }

  /** Returns the messages of a {@link #stretch}. */
  public List<Message> read(long after, Position to) throws Exception {
    return stretch(after, to).messages();
  }

  /**
   * Returns what the stream holds after a sequence up to a position.
   *
   * @param after below the sequence of the position
   * @throws IOException if not everything came, or if the stream is not, or not yet again, what it
   *     was: of another epoch, shorter than the position, or being refilled
   * @throws Exception if NATS is away or refuses
   */
  public Stretch stretch(long after, Position to) throws Exception {
    findWhole(to);
    StreamContext stream = link.connection().getStreamContext(MeowStream.NAME);
    ConsumerContext consumer = stream.createOrUpdateConsumer(startingAt(after + 1));
    ConsumerInfo created = requireNonNull(consumer.getCachedConsumerInfo());
    // More than the stretch has places, or nothing, cannot be asked for.
    long most = Math.min(created.getNumPending(), to.sequence() - after);
    List<Message> messages =
        most == 0 ? List.of() : fetch(consumer, Math.toIntExact(most), after, to.sequence());
    stream.deleteConsumer(created.getName());
    // Before and after: one that was shorter when the consumer counted what there is, and was
    // completed while it was read, would seem to have a hole.
    StreamInfo info = findWhole(to);
    return new Stretch(messages, info.getStreamState().getFirstSequence() - 1);
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

  private List<Message> fetch(ConsumerContext consumer, int most, long after, long to)
      throws Exception {
    FetchConsumer request = consumer.fetch(options(most));
    try {
      return take(request, most, after, to);
    } finally {
      request.close();
    }
  }

  /**
   * The consumer numbers what it delivers: what got lost on the way is noticed. How much there is
   * it cannot say, because some of it may be erased this very moment; and where something was
   * erased, the request reaches beyond the stretch.
   */
  private List<Message> take(FetchConsumer request, int most, long after, long to)
      throws Exception {
    List<Message> messages = new ArrayList<>(most);
    long reached = after;
    boolean more = true;
    for (int i = 1; more && i <= most; i++) {
      Message message = request.nextMessage();
      if (message == null) {
        break;
      }
      if (message.metaData().consumerSequence() != i) {
        throw new IOException("something got lost");
      }
      reached = message.metaData().streamSequence();
      if (reached <= to) {
        messages.add(message);
      }
      more = reached < to && message.metaData().pendingCount() > 0;
    }
    if (reached < to && streams.holdsMeowsBetween(reached, to)) {
      throw new IOException("not everything came");
    }
    return messages;
  }

  private static FetchConsumeOptions options(int most) {
    return FetchConsumeOptions.builder().maxMessages(most).expiresIn(TIMEOUT.toMillis()).build();
  }

  private StreamInfo findWhole(Position to) throws Exception {
    StreamInfo info = streams.findMeows().orElseThrow(() -> new IOException("no stream any more"));
    Position last = Streams.lastPosition(info);
    if (!last.epoch().equals(to.epoch())
        || last.sequence() < to.sequence()
        || Streams.isRefilling(info)) {
      throw new IOException("the stream is not what it was");
    }
    return info;
  }
}
