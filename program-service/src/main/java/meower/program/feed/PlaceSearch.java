package meower.program.feed;

import io.nats.client.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meower.nats.NatsLink;
import meower.schema.EventKey;
import meower.schema.MalformedEventException;
import meower.schema.Position;
import meower.stream.StreamScan;
import meower.stream.signing.EventDecoder;

/**
 * Finds in a stream that was made anew where feeds were in the one before.
 *
 * <p>What happened to a meow stands in both in the same order, so the event that had made it
 * revision <i>n</i> is the <i>n</i>-th that names it; if the meow was deleted since, each of them
 * says just that.
 */
final class PlaceSearch {

  private static final int AT_ONCE = 1000;

  private final Position epoch;
  private final EventDecoder events;

  /** What was found of one place. */
  private static final class Finding {
    private int named;
    private long sequence = -1;
    private long lastBefore;
  }

  PlaceSearch(Position epoch, EventDecoder events) {
    this.events = events;
    this.epoch = epoch;
  }

  /**
   * Reads the stream and returns where each place is. One whose event the stream does not have goes
   * on behind the last event that happened before it.
   */
  Map<FeedPlace, Position> find(List<FeedPlace> places, NatsLink link) throws Exception {
    Map<FeedPlace, Finding> findings = new HashMap<>();
    places.forEach(place -> findings.put(place, new Finding()));
    try (StreamScan scan = StreamScan.from(1, link.connection())) {
      List<Message> messages = scan.next(AT_ONCE);
      while (!messages.isEmpty()) {
        for (Message message : messages) {
          event(message).ifPresent(event -> findings.forEach((p, f) -> look(p, f, event)));
        }
        messages = scan.next(AT_ONCE);
      }
    }
    Map<FeedPlace, Position> found = new HashMap<>();
    findings.forEach((place, finding) -> found.put(place, epoch.at(sequence(place, finding))));
    return found;
  }

  private static long sequence(FeedPlace place, Finding finding) {
    if (place.position().sequence() == 0) {
      return 0;
    }
    return finding.sequence >= 0 ? finding.sequence : finding.lastBefore;
  }

  private static void look(FeedPlace place, Finding finding, FeedEvent event) {
    long sequence = event.position().sequence();
    Optional<EventKey> last = place.last();
    if (last.isPresent() && last.get().id().equals(event.event().id())) {
      finding.named++;
      if (finding.named == last.get().revision()) {
        finding.sequence = sequence;
      }
    }
    if (!event.happenedAt().isAfter(place.happenedAt())) {
      finding.lastBefore = sequence;
    }
  }

  private Optional<FeedEvent> event(Message message) {
    try {
      return Optional.of(
          new FeedEvent(
              events.decode(message, epoch.epoch()),
              epoch.at(message.metaData().streamSequence())));
    } catch (MalformedEventException e) {
      // Nobody was told of it.
      return Optional.empty();
    }
  }
}
