package meower.pusher.feed;

import io.nats.client.Message;
import java.util.List;
import meower.nats.RecentEvents;
import meower.schema.Hashtag;
import meower.schema.MalformedEventException;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEventJson;
import meower.schema.Position;

/**
 * Turns what the stream carries into what browsers get. It is given the messages in the order of
 * the stream; what it makes of them is the same whenever and wherever that is done.
 */
final class EventFrames {

  private final Position epoch;
  private final RecentEvents recentEvents = new RecentEvents();

  /** What becomes of a message. */
  sealed interface Outcome {

    /** Browsers get this frame, those with subscriptions if it is about one of their topics. */
    record Shown(WireFrame wire, List<String> topics) implements Outcome {}

    /** Browsers had this meow a moment ago and do not get it again. */
    record Repeated() implements Outcome {}

    /** Browsers get nothing: it is no event. The indexer parks it where an operator sees it. */
    record Malformed(String reason) implements Outcome {}
  }

  /**
   * @param epoch any position of the stream's epoch
   */
  EventFrames(Position epoch) {
    this.epoch = epoch;
  }

  /** Takes the next message. */
  Outcome of(Message message) {
    try {
      return switch (MeowEventJson.decode(message.getSubject(), message.getData())) {
        case MeowCreated meow -> of(meow, message.metaData().streamSequence());
        case MeowEdited _, MeowDeleted _ ->
            throw new IllegalStateException("nobody publishes edits and deletions yet");
      };
    } catch (MalformedEventException e) {
      return new Outcome.Malformed(String.valueOf(e.getMessage()));
    }
  }

  private Outcome of(MeowCreated meow, long sequence) {
    return recentEvents.add(sequence, meow.key())
        ? new Outcome.Shown(WireFrame.of(Frames.meow(meow, epoch.at(sequence))), topics(meow))
        : new Outcome.Repeated();
  }

  private static List<String> topics(MeowCreated meow) {
    return Hashtag.in(meow.body()).stream().map(Hashtag::name).distinct().toList();
  }
}
