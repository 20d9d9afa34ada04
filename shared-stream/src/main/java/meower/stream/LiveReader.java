package meower.stream;

import io.nats.client.ConsumeOptions;
import io.nats.client.IterableConsumer;
import io.nats.client.Message;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.OrderedConsumerConfiguration;
import java.time.Duration;
import meower.nats.NatsLink;
import meower.schema.MeowStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream as it grows. Belongs to one thread.
 *
 * <p>When something is missing, the client replaces its consumer by another one, without asking
 * whether the stream is still the same: whoever reads looks when {@link #isFromAnother} says so.
 */
final class LiveReader {

  private static final Duration POLL = Duration.ofMillis(500);

  /** With the client's default of 30 s it takes 87 s to read on after a restart of the server. */
  private static final ConsumeOptions OPTIONS = ConsumeOptions.builder().expiresIn(2_000).build();

  private final NatsLink link;
  private @Nullable IterableConsumer reading;
  private String known = "";

  LiveReader(NatsLink link) {
    this.link = link;
  }

  boolean isOpen() {
    return reading != null;
  }

  /** Begins to read what comes after a sequence. */
  void open(long after) throws Exception {
    known = "";
    reading =
        link.connection()
            .getStreamContext(MeowStream.NAME)
            .createOrderedConsumer(
                new OrderedConsumerConfiguration()
                    .deliverPolicy(DeliverPolicy.ByStartSequence)
                    .startSequence(after + 1))
            .iterate(OPTIONS);
  }

  /** Returns the next message, or nothing if none came within a moment. */
  @Nullable Message next() throws Exception {
    IterableConsumer current = reading;
    return current == null ? null : current.nextMessage(POLL);
  }

  /** Tells whether the message came through another consumer than the last one accepted. */
  boolean isFromAnother(Message message) {
    return !message.metaData().getConsumer().equals(known);
  }

  /** The consumer that a message came through reads the right stream. */
  void accept(Message message) {
    known = message.metaData().getConsumer();
  }

  void close() throws Exception {
    IterableConsumer current = reading;
    reading = null;
    if (current != null) {
      current.close();
    }
  }
}
