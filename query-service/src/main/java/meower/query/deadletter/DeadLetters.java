package meower.query.deadletter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Message;
import io.nats.client.PublishOptions;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import meower.nats.NatsLink;
import meower.nats.NatsProperties;
import meower.schema.DeadLetterStream;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Parks messages that can never be processed, where an operator sees them.
 *
 * <p>Alert when {@code meower.dead-letters} is not 0, see {@code ./meower dead-letters}.
 */
@Component
public class DeadLetters {

  private static final int MAX_REASON = 500;

  /** The server acts on these: kept, they would make it treat the letter as the message. */
  private static final String SERVER_HEADERS = "nats-";

  private final NatsLink link;
  private final NatsProperties properties;
  private final StreamMessages messages;

  DeadLetters(
      NatsLink link, NatsProperties properties, StreamMessages messages, MeterRegistry registry) {
    this.link = link;
    this.properties = properties;
    this.messages = messages;
    Gauge.builder("meower.dead-letters", this, DeadLetters::count)
        .description("Messages that are parked now")
        .register(registry);
  }

  /** Tells whether the message at the position is parked. */
  public boolean isParked(String subject, Position position)
      throws IOException, JetStreamApiException {
    String letter = DeadLetterStream.subjectOf(subject, position);
    return messages.findLast(DeadLetterStream.NAME, letter).isPresent();
  }

  /**
   * Returns when the stream of dead letters has the message; parked again, it is there once.
   *
   * @throws IOException if the server does not answer, or there is no connection
   * @throws JetStreamApiException if the server refuses
   */
  public void park(Message message, Position position, String reason)
      throws IOException, JetStreamApiException {
    if (isParked(message.getSubject(), position)) {
      return;
    }
    Headers headers = headers(message.getHeaders(), reason);
    headers.put(DeadLetterStream.CONSUMER, DeadLetterStream.INDEXER);
    headers.put(DeadLetterStream.POSITION, position.toString());
    publish(
        letter(DeadLetterStream.subjectOf(message.getSubject(), position), headers)
            .data(message.getData())
            .build(),
        PublishOptions.builder().messageId(position.toString()).build());
  }

  /** Returns the letter with this sequence in the stream of dead letters. */
  public Optional<MessageInfo> find(long sequence) throws IOException, JetStreamApiException {
    return messages.find(DeadLetterStream.NAME, sequence);
  }

  /** Puts another reason on a letter; it then is the last one of the stream. */
  public void parkAgain(MessageInfo letter, String reason)
      throws IOException, JetStreamApiException {
    publish(
        letter(Objects.requireNonNull(letter.getSubject()), headers(letter.getHeaders(), reason))
            .data(letter.getData())
            .build(),
        PublishOptions.builder().build());
    delete(letter.getSeq());
  }

  /** Deletes the letter; that somebody else has just deleted it is as good. */
  public void delete(long sequence) throws IOException, JetStreamApiException {
    if (find(sequence).isPresent()) {
      management().deleteMessage(DeadLetterStream.NAME, sequence);
    }
  }

  private double count() {
    try {
      return management().getStreamInfo(DeadLetterStream.NAME).getStreamState().getMsgCount();
    } catch (IOException | JetStreamApiException e) {
      return Double.NaN;
    }
  }

  private void publish(NatsMessage letter, PublishOptions how)
      throws IOException, JetStreamApiException {
    link.connection()
        .jetStream(JetStreamOptions.builder().requestTimeout(properties.requestTimeout()).build())
        .publish(letter, how);
  }

  private JetStreamManagement management() throws IOException {
    return link.management(properties.requestTimeout());
  }

  private static NatsMessage.Builder letter(String subject, Headers headers) {
    return NatsMessage.builder().subject(subject).headers(headers);
  }

  private static Headers headers(@Nullable Headers from, String reason) {
    Headers headers = new Headers();
    copy(from, headers);
    headers.put(DeadLetterStream.REASON, oneLine(reason));
    return headers;
  }

  private static void copy(@Nullable Headers from, Headers to) {
    if (from == null) {
      return;
    }
    from.forEach((name, values) -> {
      if (!name.regionMatches(true, 0, SERVER_HEADERS, 0, SERVER_HEADERS.length())) {
        to.put(name, values.stream().map(DeadLetters::printable).toList());
      }
    });
  }

  /** Returns a reason as a header can have it. */
  public static String oneLine(String text) {
    String plain = printable(text);
    return plain.length() <= MAX_REASON ? plain : plain.substring(0, MAX_REASON);
  }

  /** Headers take printable ASCII only. Not shortened: half a list of sequences is another list. */
  private static String printable(String text) {
    return text.replaceAll("[^\\x20-\\x7E]+", " ");
  }
}
