package meower.command.ledger;

import java.time.Duration;
import java.util.List;
import meower.command.event.StoredEvent;
import meower.nats.NatsLink;
import meower.schema.signing.EventSignatures;
import meower.stream.Streams;
import org.jspecify.annotations.Nullable;

/** The stream in the hands of the relay that leads: published to, recorded, and watched over. */
public final class StreamKeeper {

  private static final Duration POLL_INTERVAL = Duration.ofSeconds(2);

  /** Deleting these takes a moment during which nothing is published. */
  private static final int FORGET_AT_ONCE = 10_000;

  private final StreamLedger ledger;
  private final StreamPublisher publisher;
  private final StreamRecovery recovery;
  private final EventMessages messages;
  private final StreamEraser eraser;
  private StreamLedger.@Nullable Epoch epoch;
  private long lookedAt;

  public StreamKeeper(
      StreamLedger ledger,
      RefillSource source,
      NatsLink link,
      Streams streams,
      EventSignatures signatures,
      StreamSigning signing,
      UnknownEvents unknown,
      StreamStatus status) {
    this.ledger = ledger;
    publisher = new StreamPublisher(link, signatures);
    messages = new EventMessages(ledger);
    eraser = new StreamEraser(link, ledger, status);
    recovery =
        new StreamRecovery(
            streams,
            ledger,
            new StreamAdoption(link, ledger, unknown, streams.events()),
            new StreamRefill(ledger, source, messages, publisher, status),
            publisher,
            signing,
            status);
  }

  /** Makes sure that the stream holds what it has to; comes first. */
  public void begin() throws Exception {
    epoch = recovery.recover();
    lookedAt = System.nanoTime();
  }

  /** Looks from time to time whether the stream has forgotten something, and brings it back. */
  public void check() throws Exception {
    if (System.nanoTime() - lookedAt < POLL_INTERVAL.toNanos()) {
      return;
    }
    if (!recovery.isSound(current())) {
      begin();
    } else {
      recovery.announceSigning(current());
    }
    ledger.forgetEarlier(current(), FORGET_AT_ONCE);
    lookedAt = System.nanoTime();
  }

  /** Publishes messages, takes them out of the outbox and remembers where they are. */
  public void publish(List<OutboxMessage> batch) throws Exception {
    List<StoredEvent> events = batch.stream().map(OutboxMessage::event).toList();
    long first =
        publisher.publish(messages.of(current(), publisher.lastSequence() + 1, events, ""));
    ledger.recordPublished(current(), first, batch);
  }

  /**
   * Takes texts of deleted meows out of the stream, for a moment.
   *
   * @return whether there may be more of them
   */
  public boolean erase() throws Exception {
    return eraser.erase(current());
  }

  private StreamLedger.Epoch current() {
    if (epoch == null) {
      throw new IllegalStateException("not begun");
    }
    return epoch;
  }
}
