package meower.query.index;

import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import java.util.Objects;
import meower.query.model.MeowDocument;
import meower.schema.EarlierSequences;
import meower.schema.MalformedEventException;
import meower.schema.MeowCreated;
import meower.schema.MeowEvent;
import meower.schema.Position;
import meower.stream.signing.EventDecoder;
import org.jspecify.annotations.Nullable;

/**
 * An event where it stands in the stream.
 *
 * @param sequence its own
 * @param earlier those of the meow's events before it
 */
public record StreamEvent(MeowEvent event, long sequence, EarlierSequences earlier) {

  /**
   * Reads a message of the stream of events.
   *
   * @param events of that stream
   * @param epoch that of the stream that it was read from
   * @throws MalformedEventException if it is no event, or does not say where the earlier ones are
   */
  public static StreamEvent of(Message message, EventDecoder events, String epoch)
      throws MalformedEventException {
    return of(
        message.getSubject(),
        message.getData(),
        message.getHeaders(),
        new Position(epoch, message.metaData().streamSequence()),
        events);
  }

  /** Reads a message of the stream of events that was looked up there; see the other method. */
  public static StreamEvent of(MessageInfo message, EventDecoder events, String epoch)
      throws MalformedEventException {
    return of(
        Objects.requireNonNull(message.getSubject()),
        message.getData(),
        message.getHeaders(),
        new Position(epoch, message.getSeq()),
        events);
  }

  static StreamEvent of(
      String subject,
      byte @Nullable [] payload,
      @Nullable Headers headers,
      Position position,
      EventDecoder events)
      throws MalformedEventException {
    MeowEvent event = events.decode(subject, payload, headers, position);
    return new StreamEvent(event, position.sequence(), earlier(event, headers));
  }

  /** Nothing is before a creation. */
  private static EarlierSequences earlier(MeowEvent event, @Nullable Headers headers)
      throws MalformedEventException {
    String header = headers == null ? null : headers.getFirst(EarlierSequences.HEADER);
    return header == null || event instanceof MeowCreated
        ? EarlierSequences.NONE
        : EarlierSequences.parse(header);
  }

  /** Returns the place of the meow in the timeline. */
  public long place() {
    return earlier.place().orElse(sequence);
  }

  /** Returns what the index holds of the meow after this event. */
  public MeowDocument document() {
    return MeowDocument.of(event, sequence, earlier);
  }
}
