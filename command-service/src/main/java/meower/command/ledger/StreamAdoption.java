package meower.command.ledger;

import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import meower.nats.NatsLink;
import meower.schema.EventKey;
import meower.stream.StreamScan;
import meower.stream.signing.EventDecoder;

/**
 * Takes into the ledger what the stream holds and the ledger does not know: what a relay published
 * before it died, what was there before there was a ledger, and what somebody else has put there.
 */
final class StreamAdoption {

  private static final int BATCH = 5_000;

  private final NatsLink link;
  private final StreamLedger ledger;
  private final UnknownEvents unknown;
  private final EventDecoder events;

  StreamAdoption(NatsLink link, StreamLedger ledger, UnknownEvents unknown, EventDecoder events) {
    this.events = events;
    this.link = link;
    this.ledger = ledger;
    this.unknown = unknown;
  }

  /**
   * Adopts everything from a sequence on.
   *
   * @return how many messages of the outbox were found in the stream
   */
  int adopt(StreamLedger.Epoch epoch, long first) throws IOException, JetStreamApiException {
    int found = 0;
    try (StreamScan scan = StreamScan.from(first, link.connection())) {
      for (List<Message> batch = scan.next(BATCH); !batch.isEmpty(); batch = scan.next(BATCH)) {
        List<FoundMessage> messages = found(batch, epoch.name());
        unknown.remain(messages);
        found += ledger.adopt(epoch, messages);
      }
    }
    return found;
  }

  /**
   * Has Postgres take in what it lacks; tells whether the stream holds more that it lacks.
   *
   * @param epoch that of the stream that is there
   */
  boolean holdsUnknownEvents(String epoch) throws IOException, JetStreamApiException {
    boolean remain = false;
    try (StreamScan scan = StreamScan.from(1, link.connection())) {
      for (List<Message> batch = scan.next(BATCH); !batch.isEmpty(); batch = scan.next(BATCH)) {
        remain |= unknown.remain(found(batch, epoch));
      }
    }
    return remain;
  }

  /** Returns which event the first message from a sequence on stands for. */
  Optional<EventKey> keyAt(StreamLedger.Epoch epoch, long sequence)
      throws IOException, JetStreamApiException {
    try (StreamScan scan = StreamScan.from(sequence, link.connection())) {
      return found(scan.next(1), epoch.name()).stream()
          .flatMap(message -> message.key().stream())
          .findFirst();
    }
  }

  private List<FoundMessage> found(List<Message> messages, String epoch) {
    return messages.stream().map(message -> FoundMessage.of(message, events, epoch)).toList();
  }
}
