package meower.query.index;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.util.Optional;
import meower.nats.NatsLink;
import meower.nats.NatsProperties;
import meower.nats.NatsUnavailableException;
import meower.schema.MeowStream;
import org.springframework.stereotype.Component;

/** Looks at single messages of the stream of events. */
@Component
class StreamMessages {

  static final int MESSAGE_NOT_FOUND = 10037;

  private final NatsLink link;
  private final NatsProperties properties;

  StreamMessages(NatsLink link, NatsProperties properties) {
    this.link = link;
    this.properties = properties;
  }

  /** Returns the message at the sequence, or nothing if the stream has none there. */
  Optional<MessageInfo> find(long sequence)
      throws NatsUnavailableException, IOException, JetStreamApiException {
    JetStreamOptions options =
        JetStreamOptions.builder().requestTimeout(properties.requestTimeout()).build();
    try {
      return Optional.of(
          link.connection().jetStreamManagement(options).getMessage(MeowStream.NAME, sequence));
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == MESSAGE_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
