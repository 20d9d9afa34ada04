package meower.query.index;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.Message;
import io.nats.client.PublishOptions;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import meower.nats.NatsLink;
import meower.nats.NatsProperties;
import meower.nats.NatsUnavailableException;
import meower.schema.DeadLetterStream;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Parks messages that can never be processed, where an operator sees them. */
@Component
class DeadLetters {

  private static final int MAX_REASON = 500;

  /** The server acts on these: kept, they would make it treat the letter as the message. */
  private static final String SERVER_HEADERS = "nats-";

  private final NatsLink link;
  private final NatsProperties properties;

  DeadLetters(NatsLink link, NatsProperties properties) {
    this.link = link;
    this.properties = properties;
  }

  /**
   * Returns when the stream of dead letters has the message; parked again, it is there once.
   *
   * @throws NatsUnavailableException while there is no connection
   * @throws IOException if the server does not answer
   * @throws JetStreamApiException if the server refuses
   */
  void park(Message message, Position position, String reason)
      throws NatsUnavailableException, IOException, JetStreamApiException {
    link.connection()
        .jetStream(JetStreamOptions.builder().requestTimeout(properties.requestTimeout()).build())
        .publish(
            letter(message, position, reason),
            PublishOptions.builder().messageId(position.toString()).build());
  }

  private static NatsMessage letter(Message message, Position position, String reason) {
    Headers headers = new Headers();
    copy(message.getHeaders(), headers);
    headers.put(DeadLetterStream.REASON, oneLine(reason));
    headers.put(DeadLetterStream.CONSUMER, "indexer");
    headers.put(DeadLetterStream.POSITION, position.toString());
    return NatsMessage.builder()
        .subject(DeadLetterStream.subjectOf(message.getSubject()))
        .headers(headers)
        .data(message.getData())
        .build();
  }

  private static void copy(@Nullable Headers from, Headers to) {
    if (from == null) {
      return;
    }
    from.forEach((name, values) -> {
      if (!name.regionMatches(true, 0, SERVER_HEADERS, 0, SERVER_HEADERS.length())) {
        to.put(name, values.stream().map(DeadLetters::oneLine).toList());
      }
    });
  }

  /** Headers take printable ASCII only. */
  private static String oneLine(String text) {
    String plain = text.replaceAll("[^\\x20-\\x7E]+", " ");
    return plain.length() <= MAX_REASON ? plain : plain.substring(0, MAX_REASON);
  }
}
