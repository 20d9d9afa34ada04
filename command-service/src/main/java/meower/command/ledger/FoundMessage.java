package meower.command.ledger;

import io.nats.client.Message;
import io.nats.client.support.NatsJetStreamConstants;
import java.util.Optional;
import meower.schema.EventKey;
import meower.schema.MalformedEventException;
import meower.schema.MeowDeleted;
import meower.schema.MeowEvent;
import meower.stream.signing.EventDecoder;
import org.jspecify.annotations.Nullable;

/**
 * A message that was found in the stream.
 *
 * @param event what readers make of it; nothing if it is no event, or a forged one
 * @param messageId under which it was published, if it has one
 */
record FoundMessage(long sequence, Optional<MeowEvent> event, Optional<String> messageId) {

  /** What comes behind the key in the id of an event that was published again. */
  private static final String AGAIN = "-\\d+$";

  /**
   * Reads a message.
   *
   * @param events of the stream
   * @param epoch the epoch in which the message was read from
   */
  static FoundMessage of(Message message, EventDecoder events, String epoch) {
    return new FoundMessage(
        message.metaData().streamSequence(), eventOf(message, events, epoch), messageIdOf(message));
  }

  /** Tells whether it was published under the name of the event. */
  boolean isNamed(EventKey event) {
    return messageId
        .flatMap(id -> EventKey.parse(id.replaceFirst(AGAIN, "")))
        .filter(event::equals)
        .isPresent();
  }

  /**
   * Returns which event it stands for. The payload says it, because that is what readers see. Only
   * a deletion may stand in the place of an earlier event of its meow, whose id the message has
   * then.
   */
  Optional<EventKey> key() {
    return event.map(told ->
        told instanceof MeowDeleted
            ? messageId
                .flatMap(id -> EventKey.parse(id.replaceFirst(AGAIN, "")))
                .filter(key -> key.id().equals(told.id()))
                .orElse(told.key())
            : told.key());
  }

  /** Tells whether it has a text. */
  boolean hasText() {
    return event.map(told -> !(told instanceof MeowDeleted)).orElse(false);
  }

  private static Optional<MeowEvent> eventOf(Message message, EventDecoder events, String epoch) {
    try {
      return Optional.of(events.decode(message, epoch));
    } catch (MalformedEventException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> messageIdOf(Message message) {
    @Nullable String id =
        message.hasHeaders()
            ? message.getHeaders().getLast(NatsJetStreamConstants.MSG_ID_HDR)
            : null;
    return Optional.ofNullable(id);
  }
}
