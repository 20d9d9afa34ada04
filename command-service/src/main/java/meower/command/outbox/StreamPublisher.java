package meower.command.outbox;

import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.PublishOptions;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import meower.nats.NatsLink;
import meower.nats.NatsUnavailableException;
import meower.nats.Streams;
import meower.schema.MeowStream;

/**
 * Appends messages to the stream in their order, many in flight at once.
 *
 * <p>Each message names the sequence that it expects to follow. So when one of them gets lost on
 * the way, the stream refuses all behind it instead of storing them in the wrong order; and the
 * messages of a relay that was replaced without noticing are refused as well.
 */
final class StreamPublisher {

  private static final Duration ACK_TIMEOUT = Duration.ofSeconds(5);
  private static final int NO_MESSAGE = 10037;
  private static final String MESSAGE_ID = "Nats-Msg-Id";

  private final NatsLink link;
  private final Streams streams;
  private long lastSequence;

  StreamPublisher(NatsLink link, Streams streams) {
    this.link = link;
    this.streams = streams;
  }

  /**
   * Finds out where the stream stands; has to come before the first publish and after each failure.
   *
   * @param count how many of the newest messages to look at: at least as many as one publish takes
   * @return the message ids of these
   */
  Set<String> synchronize(int count)
      throws NatsUnavailableException, IOException, JetStreamApiException {
    lastSequence = streams.ensureMeows().getStreamState().getLastSequence();
    JetStreamManagement management = link.connection().jetStreamManagement();
    Set<String> ids = new HashSet<>();
    for (long sequence = Math.max(1, lastSequence - count + 1);
        sequence <= lastSequence;
        sequence++) {
      addMessageId(management, sequence, ids);
    }
    return ids;
  }

  /**
   * Publishes messages and returns when the stream has acknowledged every one.
   *
   * @throws ExecutionException if the stream refuses one; what it holds is known only after the
   *     next {@link #synchronize}
   * @throws TimeoutException if the acknowledgements do not come; likewise
   */
  void publish(List<OutboxMessage> messages)
      throws NatsUnavailableException,
          IOException,
          ExecutionException,
          TimeoutException,
          InterruptedException {
    JetStream stream = link.connection().jetStream();
    List<CompletableFuture<PublishAck>> acks = new ArrayList<>(messages.size());
    PublishOptions.Builder follows = PublishOptions.builder().expectedLastSequence(lastSequence);
    for (OutboxMessage message : messages) {
      acks.add(
          stream.publishAsync(
              message.subject(),
              message.payload().getBytes(StandardCharsets.UTF_8),
              follows.expectedStream(MeowStream.NAME).messageId(message.messageId()).build()));
      follows = PublishOptions.builder().expectedLastMsgId(message.messageId());
    }
    CompletableFuture.allOf(acks.toArray(CompletableFuture<?>[]::new))
        .get(ACK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    lastSequence = acks.getLast().resultNow().getSeqno();
  }

  private static void addMessageId(JetStreamManagement management, long sequence, Set<String> ids)
      throws IOException, JetStreamApiException {
    try {
      MessageInfo message = management.getMessage(MeowStream.NAME, sequence);
      Headers headers = message.getHeaders();
      String id = headers == null ? null : headers.getFirst(MESSAGE_ID);
      if (id != null) {
        ids.add(id);
      }
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() != NO_MESSAGE) {
        throw e;
      }
    }
  }
}
