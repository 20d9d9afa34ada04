package meower.query.timeline;

import io.nats.client.Message;
import io.nats.client.api.StreamInfo;
import java.util.Optional;
import meower.nats.NatsLink;
import meower.nats.PastReader;
import meower.nats.RecentEvents;
import meower.nats.StreamProjection;
import meower.nats.Streams;
import meower.schema.MalformedEventException;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEventJson;
import meower.schema.MeowId;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The head of the timeline, which nearly everybody asks for: kept by the stream itself, in memory.
 *
 * <p>Every instance has its own. What reaches further back is read from the index.
 */
@Component
class TimelineHead implements StreamProjection {

  private final PastReader past;
  private final int size;
  private RecentEvents recentEvents = new RecentEvents();
  private volatile @Nullable NewestMeows newest;

  TimelineHead(NatsLink link, Streams streams, TimelineProperties properties) {
    this.past = new PastReader(link, streams);
    this.size = properties.newest();
  }

  /** Returns the page, or nothing when it has to be read from the index. */
  Optional<NewestPage> page(TimelineRequest request) {
    NewestMeows current = newest;
    return current == null ? Optional.empty() : current.page(request);
  }

  /** Returns the meow, or nothing when it is not among the newest. */
  Optional<EncodedMeow> find(MeowId id) {
    NewestMeows current = newest;
    return current == null ? Optional.empty() : current.find(id);
  }

  @Override
  public @Nullable Position head() {
    NewestMeows current = newest;
    return current == null ? null : current.head();
  }

  /** Readers see the new one when it has all that it is to begin with. */
  @Override
  public void begin(StreamInfo info) throws Exception {
    Position last = Streams.lastPosition(info);
    long held = Math.max(1, info.getStreamState().getFirstSequence());
    long before = Math.max(0, last.sequence() - size);
    NewestMeows begun = new NewestMeows(last.at(before), size, before < held);
    recentEvents = new RecentEvents();
    if (last.sequence() > 0) {
      for (Message message : past.read(Math.max(0, before - RecentEvents.SPAN), last)) {
        append(begun, message, before);
      }
    }
    begun.skip(last.sequence());
    newest = begun;
  }

  @Override
  public void on(Message message) {
    NewestMeows current = newest;
    if (current != null) {
      append(current, message, current.head().sequence());
    }
  }

  /** Of what comes up to the sequence only the ids are remembered. */
  private void append(NewestMeows meows, Message message, long after) {
    long sequence = message.metaData().streamSequence();
    Optional<MeowCreated> created = decode(message);
    boolean isNew = created.isPresent() && recentEvents.add(sequence, created.get().key());
    if (sequence <= after) {
      return;
    }
    if (isNew) {
      meows.append(sequence, EncodedMeow.of(TimelineMeow.of(created.get())));
    } else {
      meows.skip(sequence);
    }
  }

  /** The indexer parks what is no event where an operator sees it. */
  private static Optional<MeowCreated> decode(Message message) {
    try {
      return switch (MeowEventJson.decode(message.getSubject(), message.getData())) {
        case MeowCreated meow -> Optional.of(meow);
        case MeowEdited _, MeowDeleted _ ->
            throw new IllegalStateException("nobody publishes edits and deletions yet");
      };
    } catch (MalformedEventException e) {
      return Optional.empty();
    }
  }
}
