package meower.query.deadletter;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.util.Optional;
import meower.nats.NatsLink;
import meower.nats.NatsProperties;
import meower.nats.NotFound;
import org.springframework.stereotype.Component;

/** Looks at single messages of a stream. */
@Component
public class StreamMessages {

  private final NatsLink link;
  private final NatsProperties properties;

  StreamMessages(NatsLink link, NatsProperties properties) {
    this.link = link;
    this.properties = properties;
  }

  /** Returns the message at the sequence, or nothing if the stream has none there. */
  public Optional<MessageInfo> find(String stream, long sequence)
      throws IOException, JetStreamApiException {
    return found(() -> management().getMessage(stream, sequence));
  }

  /** Returns the last message of the subject, or nothing if the stream has none. */
  Optional<MessageInfo> findLast(String stream, String subject)
      throws IOException, JetStreamApiException {
    return found(() -> management().getLastMessage(stream, subject));
  }

  /** One request about a message that need not be there. */
  @FunctionalInterface
  private interface Lookup {
    MessageInfo ask() throws IOException, JetStreamApiException;
  }

  private static Optional<MessageInfo> found(Lookup lookup)
      throws IOException, JetStreamApiException {
    try {
      return Optional.of(lookup.ask());
    } catch (JetStreamApiException e) {
      if (NotFound.MESSAGE.isReasonOf(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private JetStreamManagement management() throws IOException {
    return link.connection()
        .jetStreamManagement(
            JetStreamOptions.builder().requestTimeout(properties.requestTimeout()).build());
  }
}
