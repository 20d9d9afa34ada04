package meower.pusher.frame;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.util.List;
import meower.schema.EarlierSequences;
import meower.schema.MalformedEventException;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.Position;
import meower.stream.RecentEvents;
import meower.stream.signing.EventDecoder;
import meower.text.Hashtag;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the stream carries into what browsers get. It is given the messages in the order of
 * the stream; what it makes of them is the same whenever and wherever that is done.
 */
public final class EventFrames {

  private final Position epoch;
  private final EventDecoder events;
  private final RecentEvents recentEvents = new RecentEvents();
  private final RecentDeletions recentDeletions = new RecentDeletions();

  /** What becomes of a message. */
  public sealed interface Outcome {

    /** Browsers get this frame, those with subscriptions if it is about one of their topics. */
    record Created(WireFrame wire, List<String> topics) implements Outcome {}

    /** All browsers get this frame. */
    record Edited(WireFrame wire) implements Outcome {}

    /**
     * All browsers get this frame, and nobody the earlier ones of the meow any more.
     *
     * @param earlier the sequences of these
     */
    record Deleted(WireFrame wire, List<Long> earlier) implements Outcome {}

    /** Browsers had this event a moment ago, or the meow's deletion, and do not get it again. */
    record Repeated() implements Outcome {}

    /** Browsers get nothing: it is no event. The indexer parks it where an operator sees it. */
    record Malformed(String reason) implements Outcome {}
  }

  /**
   * @param epoch any position of the stream's epoch
   * @param events of that stream
   */
  public EventFrames(Position epoch, EventDecoder events) {
    this.epoch = epoch;
    this.events = events;
  }

  /** Takes the next message. */
  public Outcome of(Message message) {
    return of(
        message.metaData().streamSequence(),
        message.getSubject(),
        message.getHeaders(),
        message.getData());
  }

  /** Takes the next message. */
  public Outcome of(long sequence, String subject, @Nullable Headers headers, byte[] payload) {
    try {
      MeowEvent event = events.decode(subject, payload, headers, epoch.at(sequence));
      List<Long> earlier = earlier(headers);
      return switch (event) {
        case MeowCreated meow -> of(meow, sequence);
        case MeowEdited meow -> of(meow, sequence);
        case MeowDeleted meow -> of(meow, sequence, earlier);
      };
    } catch (MalformedEventException e) {
      return new Outcome.Malformed(String.valueOf(e.getMessage()));
    }
  }

  /** Returns the sequences of the earlier events of the meow that a message is about. */
  public static List<Long> earlier(@Nullable Headers headers) throws MalformedEventException {
    String header = headers == null ? null : headers.getFirst(EarlierSequences.HEADER);
    return header == null ? List.of() : EarlierSequences.parse(header).sequences();
  }

  private Outcome of(MeowCreated meow, long sequence) {
    return isNew(meow, sequence)
        ? new Outcome.Created(WireFrame.of(Frames.meow(meow, epoch.at(sequence))), topics(meow))
        : new Outcome.Repeated();
  }

  private Outcome of(MeowEdited meow, long sequence) {
    return isNew(meow, sequence)
        ? new Outcome.Edited(WireFrame.of(Frames.edited(meow, epoch.at(sequence))))
        : new Outcome.Repeated();
  }

  /**
   * Sent each time: a stream that was refilled has it in several places, and a browser may come
   * back behind any but the last of them. To hear it twice changes nothing.
   */
  private Outcome of(MeowDeleted meow, long sequence, List<Long> earlier) {
    recentDeletions.add(sequence, meow.id());
    return new Outcome.Deleted(WireFrame.of(Frames.deleted(meow, epoch.at(sequence))), earlier);
  }

  /** What was repeated after a deletion may be unknown by now: the first message was erased. */
  private boolean isNew(MeowEvent meow, long sequence) {
    return recentEvents.add(sequence, meow.key()) && !recentDeletions.has(sequence, meow.id());
  }

  private static List<String> topics(MeowCreated meow) {
    return Hashtag.in(meow.body()).stream().map(Hashtag::name).distinct().toList();
  }
}
