package meower.query.timeline;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import meower.query.deadletter.StreamMessages;
import meower.query.head.TimelineHead;
import meower.query.index.MeowIndex;
import meower.query.index.StreamEvent;
import meower.query.meow.DeletedMeow;
import meower.query.meow.EncodedMeow;
import meower.query.meow.IndexedMeow;
import meower.query.view.View;
import meower.query.view.Views;
import meower.schema.EventKey;
import meower.schema.MalformedEventException;
import meower.schema.MeowId;
import meower.schema.MeowStream;
import meower.stream.Streams;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads what a meow said before, from the stream: the index holds only what it says now.
 *
 * <p>What the stream does not hold any more is left out.
 */
@Component
class History {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final TimelineHead head;
  private final Views views;
  private final Timeline timeline;
  private final Streams streams;
  private final StreamMessages messages;

  /** The index is of one epoch of the stream, and so are the sequences in it. */
  private record Events(MeowIndex index, IndexedMeow meow) {}

  History(
      TimelineHead head, Views views, Timeline timeline, Streams streams, StreamMessages messages) {
    this.head = head;
    this.views = views;
    this.timeline = timeline;
    this.streams = streams;
    this.messages = messages;
  }

  /**
   * Returns the texts of the meow, oldest first, or nothing if there is no such meow.
   *
   * @throws ProblemException 410 if it was deleted; 503 while index or stream cannot be read
   */
  Optional<List<PastText>> of(MeowId id) {
    Optional<EncodedMeow> newest = head.find(id);
    newest.flatMap(EncodedMeow::deleted).ifPresent(History::refuse);
    int revision = newest.map(EncodedMeow::revision).orElse(EventKey.CREATION);
    Optional<Events> found = views.read(view -> find(view, id, revision));
    return found.map(this::read);
  }

  private Optional<Events> find(View view, MeowId id, int revision) {
    if (!view.index().hasRevisions()) {
      throw unavailable(null);
    }
    Optional<IndexedMeow> found = timeline.find(view.index(), id);
    if (found.isPresent() && found.get().now().reached() < revision) {
      throw view.behind("revision " + revision + " of " + id);
    }
    return found.map(meow -> new Events(view.index(), meow));
  }

  private List<PastText> read(Events events) {
    if (events.meow().now() instanceof DeletedMeow deleted) {
      refuse(deleted);
    }
    try {
      requireEpoch(events.index());
      SortedMap<Integer, PastText> texts = new TreeMap<>();
      for (long sequence : events.meow().sequences()) {
        text(sequence, events).ifPresent(text -> texts.putIfAbsent(text.revision(), text));
      }
      return new ArrayList<>(texts.values());
    } catch (IOException | JetStreamApiException e) {
      throw unavailable(e);
    }
  }

  private void requireEpoch(MeowIndex index) throws IOException, JetStreamApiException {
    if (streams.findMeows().map(Streams::epoch).filter(index.epoch()::equals).isEmpty()) {
      throw unavailable(null);
    }
  }

  private Optional<PastText> text(long sequence, Events events)
      throws IOException, JetStreamApiException {
    Optional<MessageInfo> message = messages.find(MeowStream.NAME, sequence);
    if (message.isEmpty()) {
      return Optional.empty();
    }
    try {
      StreamEvent event = StreamEvent.of(message.get(), streams.events(), events.index().epoch());
      return event.event().id().value().equals(events.meow().id())
          ? PastText.of(event.event())
          : Optional.empty();
    } catch (MalformedEventException e) {
      // It is parked, and has never been shown.
      return Optional.empty();
    }
  }

  private static void refuse(DeletedMeow deleted) {
    throw deleted.problem();
  }

  private static ProblemException unavailable(@Nullable Exception cause) {
    return ProblemException.unavailable(
        "What the meow said before cannot be read right now. Try again in a few seconds.",
        cause,
        RETRY_AFTER);
  }
}
