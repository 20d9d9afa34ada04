package meower.command.outbox;

import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import meower.nats.NatsLink;
import meower.nats.NatsUnavailableException;
import meower.nats.StreamScan;
import meower.schema.MalformedEventException;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEventJson;
import org.jspecify.annotations.Nullable;

/**
 * Takes into the ledger what the stream holds and the ledger does not know: what a relay published
 * before it died, what was there before there was a ledger, and what somebody else has put there.
 */
final class StreamAdoption {

  private static final int BATCH = 5_000;

  private final NatsLink link;
  private final StreamLedger ledger;

  StreamAdoption(NatsLink link, StreamLedger ledger) {
    this.link = link;
    this.ledger = ledger;
  }

  /**
   * Adopts everything from a sequence on.
   *
   * @return how many messages of the outbox were found in the stream
   */
  int adopt(StreamLedger.Epoch epoch, long first)
      throws NatsUnavailableException, IOException, JetStreamApiException {
    int found = 0;
    try (StreamScan scan = StreamScan.from(first, link.connection())) {
      for (List<Message> batch = scan.next(BATCH); !batch.isEmpty(); batch = scan.next(BATCH)) {
        long[] sequences = batch.stream().mapToLong(m -> m.metaData().streamSequence()).toArray();
        @Nullable String[] ids = batch.stream().map(m -> idOf(m)).toArray(String[]::new);
        found += ledger.adopt(epoch, sequences, ids);
      }
    }
    return found;
  }

  /** Tells whether the stream holds a meow that is not in Postgres. */
  boolean holdsUnknownMeows() throws NatsUnavailableException, IOException, JetStreamApiException {
    try (StreamScan scan = StreamScan.from(1, link.connection())) {
      for (List<Message> batch = scan.next(BATCH); !batch.isEmpty(); batch = scan.next(BATCH)) {
        List<String> ids =
            batch.stream().map(StreamAdoption::idOf).filter(Objects::nonNull).toList();
        if (!ledger.knows(ids)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns the id of the meow that a single message carries. */
  Optional<String> idAt(long sequence)
      throws NatsUnavailableException, IOException, JetStreamApiException {
    try (StreamScan scan = StreamScan.from(sequence, link.connection())) {
      return scan.next(1).stream().flatMap(m -> Optional.ofNullable(idOf(m)).stream()).findFirst();
    }
  }

  /** The payload says it, because that is what readers of the stream see. */
  private static @Nullable String idOf(Message message) {
    try {
      return switch (MeowEventJson.decode(message.getSubject(), message.getData())) {
        case MeowCreated created -> created.id().value();
        case MeowEdited _, MeowDeleted _ ->
            throw new IllegalStateException("nobody publishes edits and deletions yet");
      };
    } catch (MalformedEventException e) {
      return null;
    }
  }
}
