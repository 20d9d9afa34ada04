package meower.command.ledger;

import java.util.List;
import meower.command.event.StoredEvent;

/**
 * Publishes again from Postgres what the stream has lost, in the order in which it was there.
 *
 * <p>Killed at any moment it goes on where it was: what was published and not recorded is adopted
 * before it begins again.
 */
final class StreamRefill {

  /** In flight at once; below the client's own limit of 5,000 outgoing messages. */
  private static final int BATCH = 4_000;

  private static final int EVENTS_AT_ONCE = 40_000;

  private final StreamLedger ledger;
  private final RefillSource source;
  private final EventMessages messages;
  private final StreamPublisher publisher;
  private final StreamStatus status;

  StreamRefill(
      StreamLedger ledger,
      RefillSource source,
      EventMessages messages,
      StreamPublisher publisher,
      StreamStatus status) {
    this.ledger = ledger;
    this.source = source;
    this.messages = messages;
    this.publisher = publisher;
    this.status = status;
  }

  /**
   * Tells whether all that the stream had at its end can be published again with its sequences.
   *
   * @param end the last sequence of the stream
   * @param last the last sequence that is known
   */
  boolean canAppendTail(StreamLedger.Epoch epoch, long end, long last) {
    return source.isWhole(epoch.number(), end, last);
  }

  /** Publishes again what the stream had at its end, so that each event gets its sequence back. */
  void appendTail(StreamLedger.Epoch epoch, long last) throws Exception {
    while (publisher.lastSequence() < last) {
      long end = publisher.lastSequence();
      List<StoredEvent> batch = source.published(epoch.number(), end, Math.min(end + BATCH, last));
      ledger.recordRestored(epoch, publish(epoch, batch), batch);
    }
  }

  /** Publishes again everything that the stream lacks and that does not wait in the outbox. */
  void fill(StreamLedger.Epoch epoch) throws Exception {
    int before = source.predecessorOf(epoch);
    long last = source.lastSequence(before);
    for (long end = 0; end < last; end += BATCH) {
      publishAndRecord(epoch, source.lacking(epoch, before, end, end + BATCH));
    }
    long lastEvent = source.lastEvent();
    for (long end = 0; end < lastEvent; end += EVENTS_AT_ONCE) {
      List<StoredEvent> forgotten = source.forgotten(epoch, end, end + EVENTS_AT_ONCE);
      for (int from = 0; from < forgotten.size(); from += BATCH) {
        publishAndRecord(epoch, forgotten.subList(from, Math.min(from + BATCH, forgotten.size())));
      }
    }
  }

  private void publishAndRecord(StreamLedger.Epoch epoch, List<StoredEvent> batch)
      throws Exception {
    if (!batch.isEmpty()) {
      ledger.recordRefilled(epoch, publish(epoch, batch), batch);
    }
  }

  private long publish(StreamLedger.Epoch epoch, List<StoredEvent> batch) throws Exception {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long first =
        publisher.publish(messages.of(epoch, publisher.lastSequence() + 1, batch, repeat(epoch)));
    status.refilled(batch.size());
    return first;
  }

  /** A stream that lost messages and was kept still knows the ids of what it has lost. */
  private static String repeat(StreamLedger.Epoch epoch) {
    return epoch.holes() == 0 ? "" : "-" + epoch.number();
  }
}
