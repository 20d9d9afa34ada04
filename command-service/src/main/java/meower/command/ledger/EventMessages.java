package meower.command.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import meower.command.event.StoredEvent;
import meower.schema.EarlierSequences;
import meower.schema.MeowCreated;
import meower.schema.MeowId;
import meower.schema.Position;

/** Makes the messages of events that are about to be published, one behind the other. */
final class EventMessages {

  private final StreamLedger ledger;

  EventMessages(StreamLedger ledger) {
    this.ledger = ledger;
  }

  /**
   * Returns a message for each event. Those of edits and deletions say where the earlier events of
   * their meows are: as the ledger knows it, or before them among these.
   *
   * @param first the sequence that the first one will have; if it gets another one, the stream
   *     refuses all of them
   * @param repeat what is added to the message ids, see {@link StreamMessage#of}
   */
  List<StreamMessage> of(
      StreamLedger.Epoch epoch, long first, List<StoredEvent> events, String repeat) {
    Map<MeowId, NavigableSet<Long>> sequences = known(epoch, events);
    List<StreamMessage> messages = new ArrayList<>(events.size());
    for (StoredEvent stored : events) {
      long sequence = first + messages.size();
      NavigableSet<Long> ofMeow =
          sequences.computeIfAbsent(stored.key().id(), _ -> new TreeSet<>());
      EarlierSequences earlier = new EarlierSequences(List.copyOf(ofMeow.headSet(sequence)));
      messages.add(StreamMessage.of(new Position(epoch.name(), sequence), stored, earlier, repeat));
      ofMeow.add(sequence);
    }
    return messages;
  }

  private Map<MeowId, NavigableSet<Long>> known(
      StreamLedger.Epoch epoch, List<StoredEvent> events) {
    Set<MeowId> changed =
        events.stream()
            .filter(stored -> !(stored.event() instanceof MeowCreated))
            .map(stored -> stored.key().id())
            .collect(Collectors.toSet());
    Map<MeowId, NavigableSet<Long>> sequences = new HashMap<>();
    if (!changed.isEmpty()) {
      ledger.sequences(epoch, changed).forEach((id, of) -> sequences.put(id, new TreeSet<>(of)));
    }
    return sequences;
  }
}
