package meower.query.head;

import io.nats.client.Message;
import io.nats.client.api.StreamInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import meower.nats.NatsLink;
import meower.query.index.StreamEvent;
import meower.query.meow.EncodedMeow;
import meower.query.view.TimelineRequest;
import meower.schema.MalformedEventException;
import meower.schema.MeowDeleted;
import meower.schema.MeowId;
import meower.schema.Position;
import meower.search.SearchedText;
import meower.stream.PastReader;
import meower.stream.RecentEvents;
import meower.stream.StreamProjection;
import meower.stream.Streams;
import meower.stream.signing.EventDecoder;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The head of the timeline, which nearly everybody asks for: kept by the stream itself, in memory.
 *
 * <p>Every instance has its own. What reaches further back is read from the index.
 */
@Component
public class TimelineHead implements StreamProjection {

  private final NatsLink link;
  private final PastReader past;
  private final EventDecoder events;
  private final int size;
  private RecentEvents recentEvents = new RecentEvents();
  private RecentDeletions deletions = new RecentDeletions(0);
  private volatile @Nullable NewestMeows newest;

  TimelineHead(NatsLink link, Streams streams, TimelineProperties properties) {
    this.link = link;
    this.past = new PastReader(link, streams);
    this.events = streams.events();
    this.size = properties.newest();
  }

  /** Returns the page, or nothing when it has to be read from the index. */
  public Optional<NewestPage> page(TimelineRequest request) {
    NewestMeows current = newest;
    return current == null ? Optional.empty() : current.page(request);
  }

  /** Returns the meow, or what is left of it, or nothing when it is not among the newest. */
  public Optional<EncodedMeow> find(MeowId id) {
    NewestMeows current = newest;
    return current == null ? Optional.empty() : current.find(id);
  }

  /** Returns those of the meows that are among the newest, or nothing before it has begun. */
  public Optional<HeldMeows> find(List<MeowId> ids) {
    NewestMeows current = newest;
    return current == null ? Optional.empty() : Optional.of(current.find(ids));
  }

  /**
   * Returns the newest meows up to a position whose texts are wanted, newest first, or nothing when
   * there are not so many among those that are held.
   *
   * @param count how many
   */
  public Optional<List<SearchedMeow>> find(
      Position end, int count, Predicate<SearchedText> wanted) {
    NewestMeows current = newest;
    return current == null ? Optional.empty() : current.find(end, count, wanted);
  }

  /**
   * Returns up to where the stream was seen, if what was known at a position is still so: no event
   * since then concerns it. Nothing when one does, when that cannot be told, as while NATS is away,
   * or when the stream was not seen up to another position.
   *
   * @param concerns tells whether an event does
   */
  public Optional<Position> untouched(
      Position since, Position end, Predicate<MeowChange> concerns) {
    NewestMeows current = newest;
    return current == null || !link.isConnected()
        ? Optional.empty()
        : current.untouched(since, end, concerns);
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
    deletions = new RecentDeletions((long) size + RecentEvents.SPAN);
    if (last.sequence() > 0) {
      for (Message message : past.read(Math.max(0, before - RecentEvents.SPAN), last)) {
        take(begun, message, before);
      }
    }
    begun.skip(last.sequence());
    newest = begun;
  }

  @Override
  public void on(Message message) {
    NewestMeows current = newest;
    if (current != null) {
      take(current, message, current.head().sequence());
    }
  }

  /** Of what comes up to the sequence only is remembered that it was there. */
  private void take(NewestMeows meows, Message message, long after) {
    Optional<StreamEvent> event = decode(message, meows.head().epoch());
    boolean isNews = event.isPresent() && isNews(event.get());
    long sequence = message.metaData().streamSequence();
    if (sequence <= after) {
      return;
    }
    if (isNews) {
      meows.take(sequence, event.get().place(), EncodedMeow.after(event.get().event()));
    } else {
      meows.skip(sequence);
    }
  }

  private boolean isNews(StreamEvent event) {
    boolean isNew = recentEvents.add(event.sequence(), event.event().key());
    MeowId id = event.event().id();
    if (event.event() instanceof MeowDeleted) {
      deletions.add(event.sequence(), id);
      return isNew;
    }
    return isNew && !deletions.has(id);
  }

  /** The indexer parks what is no event where an operator sees it. */
  private Optional<StreamEvent> decode(Message message, String epoch) {
    try {
      return Optional.of(StreamEvent.of(message, events, epoch));
    } catch (MalformedEventException e) {
      return Optional.empty();
    }
  }
}
