package meower.stream;

import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import java.time.Duration;
import meower.nats.NatsLink;
import meower.schema.MeowStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream as it grows. Belongs to one thread.
 *
 * <p>The server sends what there is without being asked again and again: of requests that run out
 * just as a message comes, servers before 2.9.15 say nothing, and the client would wait for an
 * answer to each of them.
 *
 * <p>When something is missing, the client replaces its consumer by another one, without asking
 * whether the stream is still the same: whoever reads looks when {@link #isFromAnother} says so.
 *
 * @see <a href="https://github.com/nats-io/nats-server/pull/3942">the requests without an
 *     answer</a>
 */
final class LiveReader {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  /** After three of them without a sign of life the client makes another consumer. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /** What waits here at most; the client reads again what came beyond it. */
  private static final int MOST_MESSAGES = 10_000;

  private static final int MOST_BYTES = 8 * 1024 * 1024;

  private final NatsLink link;
  private @Nullable JetStreamSubscription reading;
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
    ConsumerConfiguration consumer =
        ConsumerConfiguration.builder()
            .deliverPolicy(DeliverPolicy.ByStartSequence)
            .startSequence(after + 1)
            .idleHeartbeat(HEARTBEAT)
            .build();
    reading =
        link.connection()
            .jetStream()
            .subscribe(
                null,
                PushSubscribeOptions.builder().stream(MeowStream.NAME)
                    .ordered(true)
                    .pendingMessageLimit(MOST_MESSAGES)
                    .pendingByteLimit(MOST_BYTES)
                    .configuration(consumer)
                    .build());
  }

  /** Returns the next message, or nothing if none came within a moment. */
  @Nullable Message next() throws Exception {
    JetStreamSubscription current = reading;
    return current == null ? null : current.nextMessage(POLL_INTERVAL);
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
    JetStreamSubscription current = reading;
    reading = null;
    if (current != null) {
      current.unsubscribe();
    }
  }
}
