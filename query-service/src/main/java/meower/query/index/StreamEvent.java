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
import meower.schema.MeowEventJson;
import org.jspecify.annotations.Nullable;

/**
 * An event where it stands in the stream.
 *
 * @param sequence its own
 * @param earlier those of the meow's events before it
 */
public record StreamEvent(MeowEvent event, long sequence, EarlierSequences earlier) {

  private static final byte[] NOTHING = {};

  /** Reads a message of the stream of events. */
  public static StreamEvent of(Message message) throws MalformedEventException {
    return of(
        message.getSubject(),
        message.getData(),
        message.getHeaders(),
        message.metaData().streamSequence());
  }

  /** Reads a message of the stream of events that was looked up there. */
  public static StreamEvent of(MessageInfo message) throws MalformedEventException {
    return of(
        Objects.requireNonNull(message.getSubject()),
        message.getData(),
        message.getHeaders(),
        message.getSeq());
  }

  /**
   * Reads a message.
   *
   * @param sequence its place in the stream of events
   * @throws MalformedEventException if it is no event, or does not say where the earlier ones are
   */
  public static StreamEvent of(
      String subject, byte @Nullable [] payload, @Nullable Headers headers, long sequence)
      throws MalformedEventException {
    MeowEvent event = MeowEventJson.decode(subject, Objects.requireNonNullElse(payload, NOTHING));
    return new StreamEvent(event, sequence, earlier(event, headers));
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
