package meower.command.ledger;

import io.nats.client.JetStream;
import io.nats.client.Message;
import io.nats.client.PublishOptions;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import meower.nats.NatsLink;
import meower.schema.EarlierSequences;
import meower.schema.MeowEventJson;
import meower.schema.MeowStream;
import meower.schema.signing.EventSignatures;
import meower.schema.signing.SignedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Appends messages to the stream in their order, many in flight at once.
 *
 * <p>Each message names the sequence that it expects to follow. So when one of them gets lost on
 * the way, the stream refuses all behind it instead of storing them in the wrong order; and the
 * messages of a relay that was replaced without noticing are refused as well. All that comes into
 * the stream is published here, and signed.
 */
final class StreamPublisher {

  private static final Duration ACK_TIMEOUT = Duration.ofSeconds(5);

  private final NatsLink link;
  private final EventSignatures signatures;
  private long lastSequence;

  StreamPublisher(NatsLink link, EventSignatures signatures) {
    this.link = link;
    this.signatures = signatures;
  }

  /** Says where the stream ends; has to come before the first publish and after each failure. */
  void continueAfter(long sequence) {
    lastSequence = sequence;
  }

  /** Returns the sequence of the last message. */
  long lastSequence() {
    return lastSequence;
  }

  /**
   * Publishes messages and returns when the stream has acknowledged every one.
   *
   * @return the sequence of the first one; the others have the sequences that follow
   * @throws ExecutionException if the stream refuses one; what it holds has to be looked up then
   * @throws TimeoutException if the acknowledgements do not come; likewise
   * @throws IOException if a message did not get the sequence that it should have; likewise
   */
  long publish(List<StreamMessage> messages)
      throws IOException, ExecutionException, TimeoutException, InterruptedException {
    List<CompletableFuture<PublishAck>> acks = send(messages);
    CompletableFuture.allOf(acks.toArray(CompletableFuture<?>[]::new))
        .get(ACK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    long first = lastSequence + 1;
    for (CompletableFuture<PublishAck> ack : acks) {
      advance(ack.resultNow());
    }
    return first;
  }

  private List<CompletableFuture<PublishAck>> send(List<StreamMessage> messages)
      throws IOException {
    JetStream stream = link.connection().jetStream();
    List<CompletableFuture<PublishAck>> acks = new ArrayList<>(messages.size());
    PublishOptions.Builder follows = PublishOptions.builder().expectedLastSequence(lastSequence);
    for (StreamMessage message : messages) {
      acks.add(
          stream.publishAsync(
              toNats(message),
              follows.expectedStream(MeowStream.NAME).messageId(message.messageId()).build()));
      follows = PublishOptions.builder().expectedLastMsgId(message.messageId());
    }
    return acks;
  }

  private Message toNats(StreamMessage message) {
    String subject = MeowEventJson.subjectOf(message.event());
    byte[] payload = MeowEventJson.encode(message.event());
    @Nullable String earlier = message.earlier().isEmpty() ? null : message.earlier().toString();
    Headers headers = new Headers();
    if (earlier != null) {
      headers.put(EarlierSequences.HEADER, earlier);
    }
    signatures
        .sign(new SignedMessage(message.position(), subject, message.messageId(), earlier, payload))
        .ifPresent(signature -> headers.put(MeowStream.SIGNATURE, signature));
    return NatsMessage.builder().subject(subject).data(payload).headers(headers).build();
  }

  /** A message that the stream has had before is acknowledged with its old sequence. */
  private void advance(PublishAck ack) throws IOException {
    if (ack.getSeqno() != lastSequence + 1) {
      throw new IOException(
          "sequence %d instead of %d".formatted(ack.getSeqno(), lastSequence + 1));
    }
    lastSequence++;
  }
}
