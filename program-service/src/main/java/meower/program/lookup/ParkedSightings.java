package meower.program.lookup;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.Message;
import io.nats.client.PublishOptions;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import meower.nats.NatsLink;
import meower.nats.NatsProperties;
import meower.program.sighting.ObjectId;
import meower.program.source.PresenceProperties;
import meower.schema.DeadLetterStream;
import meower.schema.Position;
import meower.schema.SightingStream;
import org.springframework.stereotype.Component;

/**
 * Parks sightings that nobody could look up, where an operator sees them: with the other dead
 * letters, in the stream that the query service makes.
 */
@Component
class ParkedSightings {

  /** Where the epoch of a position stands; this stream has none, its messages are of a moment. */
  private static final String EPOCH = "sightings";

  private final NatsLink link;
  private final NatsProperties properties;
  private final int most;

  ParkedSightings(NatsLink link, NatsProperties properties, PresenceProperties presence) {
    this.link = link;
    this.properties = properties;
    this.most = presence.deadLetters();
  }

  /**
   * Returns when the stream of dead letters has it; parked again, it is there once.
   *
   * @return false if it has many letters already, and so did not get this one
   * @throws IOException if the server does not answer, or there is no connection
   * @throws JetStreamApiException if the server refuses
   */
  boolean park(String program, Message sighting, ObjectId id, String reason)
      throws IOException, JetStreamApiException {
    if (letters() >= most) {
      return false;
    }
    Position position = new Position(EPOCH, sighting.metaData().streamSequence());
    Headers headers = new Headers();
    headers.put(DeadLetterStream.CONSUMER, DeadLetterStream.LOOK_UPS);
    headers.put(DeadLetterStream.POSITION, position.toString());
    headers.put(
        DeadLetterStream.REASON,
        "look-up for %s failed: %s".formatted(program, reason).replaceAll("[^\\x20-\\x7E]+", " "));
    link.connection()
        .jetStream(JetStreamOptions.builder().requestTimeout(properties.requestTimeout()).build())
        .publish(
            NatsMessage.builder()
                .subject(DeadLetterStream.subjectOf(sighting.getSubject(), position))
                .headers(headers)
                .data(id.value().getBytes(StandardCharsets.UTF_8))
                .build(),
            PublishOptions.builder()
                .messageId(SightingStream.NAME + " " + sighting.getSubject() + " " + position)
                .build());
    return true;
  }

  private long letters() throws IOException, JetStreamApiException {
    return link.management(properties.requestTimeout())
        .getStreamInfo(DeadLetterStream.NAME)
        .getStreamState()
        .getMsgCount();
  }
}
