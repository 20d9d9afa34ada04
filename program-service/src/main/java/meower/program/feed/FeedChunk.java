package meower.program.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of a stretch of the stream flows into which queues: pure, without any I/O.
 *
 * <p>A queue is told of a meow that it wants; and once it has been told of one, of everything that
 * happens to that one, also when the meow lost what it was wanted for. Of the deletion of a meow
 * that is too old to be remembered every queue is told.
 */
final class FeedChunk {

  /**
   * A message for a queue.
   *
   * @param body the same array for all queues
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
  record Flowing(FeedPlace place, FeedEvent event, byte[] body) {}

  /** That a queue knows a meow. */
  record Known(long queue, String meow) {}

  private final FeedSearches searches;
  private final Instant rememberedSince;
  private final Set<Known> known;
  private final Set<Known> learned = new HashSet<>();
  private final Set<Known> forgotten = new HashSet<>();
  private final List<Flowing> flowing = new ArrayList<>();
  private final Set<String> deleted;

  private FeedChunk(
      FeedSearches searches, Set<Known> known, Set<String> deleted, Instant rememberedSince) {
    this.searches = searches;
    this.known = known;
    this.deleted = deleted;
    this.rememberedSince = rememberedSince;
  }

  /**
   * Decides.
   *
   * @param searches those of the places
   * @param events in the order of the stream, without repeated ones
   * @param known which queues have been told of the meows of these events
   * @param remembered for how long that is remembered
   */
  static FeedChunk of(
      List<FeedPlace> places,
      FeedSearches searches,
      List<FeedEvent> events,
      Set<Known> known,
      Instant now,
      Duration remembered) {
    Set<String> deleted =
        events.stream()
            .filter(event -> event.event() instanceof MeowDeleted)
            .map(FeedEvent::meow)
            .collect(Collectors.toSet());
    FeedChunk chunk = new FeedChunk(searches, known, deleted, now.minus(remembered));
    events.forEach(event -> chunk.take(event, places));
    return chunk;
  }

  /** What costs something is done once, however many queues there are. */
  private void take(FeedEvent event, List<FeedPlace> places) {
    List<String> topics = event.topics();
    Set<Long> finding = searches.finding(event);
    byte @Nullable [] body = null;
    for (FeedPlace place : places) {
      if (flows(place, event, topics, finding)) {
        body = body == null ? event.message(deleted.contains(event.meow())) : body;
        flowing.add(new Flowing(place, event, body));
        remember(place, event);
      }
    }
  }

  private boolean flows(FeedPlace place, FeedEvent event, List<String> topics, Set<Long> finding) {
    if (place.isEnded()) {
      return false;
    }
    Known meow = new Known(place.queue().id(), event.meow());
    boolean isKnown = knows(meow);
    return switch (event.event()) {
      case MeowCreated _ -> place.wants(topics, finding) && !isKnown;
      case MeowEdited _ -> isKnown || place.wants(topics, finding);
      case MeowDeleted _ -> isKnown || event.createdAt().isBefore(rememberedSince);
    };
  }

  private void remember(FeedPlace place, FeedEvent event) {
    Known meow = new Known(place.queue().id(), event.meow());
    if (event.event() instanceof MeowDeleted) {
      learned.remove(meow);
      forgotten.add(meow);
    } else if (!knows(meow)) {
      forgotten.remove(meow);
      learned.add(meow);
    }
  }

  private boolean knows(Known meow) {
    return !forgotten.contains(meow) && (known.contains(meow) || learned.contains(meow));
  }

  /** Returns the messages, those of each queue in the order of the stream. */
  List<Flowing> flowing() {
    return flowing;
  }

  /** Returns the meows that queues have been told of, and were not before. */
  Set<Known> learned() {
    return learned;
  }

  /** Returns the meows that queues need not remember any more. */
  Set<Known> forgotten() {
    return forgotten;
  }

  /** Returns the meows that were deleted: their texts have to go, wherever they are. */
  Set<String> deleted() {
    return deleted;
  }
}
