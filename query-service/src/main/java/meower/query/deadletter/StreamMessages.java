package meower.query.deadletter;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.util.Optional;
import meower.nats.Lookup;
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
    return Lookup.find(() -> management().getMessage(stream, sequence), NotFound.MESSAGE);
  }

  /** Returns the last message of the subject, or nothing if the stream has none. */
  Optional<MessageInfo> findLast(String stream, String subject)
      throws IOException, JetStreamApiException {
    return Lookup.find(() -> management().getLastMessage(stream, subject), NotFound.MESSAGE);
  }

  private JetStreamManagement management() throws IOException {
    return link.management(properties.requestTimeout());
  }
}
