package meower.command.ledger;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import meower.schema.MeowStream;
import meower.schema.Position;
import meower.schema.signing.EventSignatures;
import meower.schema.signing.SignedAfter;
import meower.stream.Streams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From where on all of the stream is signed: Postgres knows it, and the stream says it to readers.
 *
 * <p>A new epoch of the stream is signed from its beginning. One from before events were signed is
 * so from the moment at which no instance runs that would publish others.
 */
public final class StreamSigning {

  private static final Logger log = LoggerFactory.getLogger(StreamSigning.class);

  private final StreamLedger ledger;
  private final Streams streams;
  private final EventSignatures signatures;
  private final BooleanSupplier olderInstancesRun;

  /**
   * @param olderInstancesRun whether there may be a relay that does not sign
   */
  public StreamSigning(
      StreamLedger ledger,
      Streams streams,
      EventSignatures signatures,
      BooleanSupplier olderInstancesRun) {
    this.ledger = ledger;
    this.streams = streams;
    this.signatures = signatures;
    this.olderInstancesRun = olderInstancesRun;
  }

  /**
   * Begins an epoch of the stream.
   *
   * @param isEmpty whether it has nothing yet
   */
  void begin(StreamLedger.Epoch epoch, boolean isEmpty) {
    boolean isAllOurs = isEmpty || ledger.hasSignedLives();
    if (isAllOurs && canSign()) {
      ledger.recordSignedAfter(epoch, 0);
    }
    goOn(epoch);
  }

  /**
   * Goes on with an epoch of the stream, and has nothing believed of it that had to be signed and
   * is not. Comes before anything of it is read.
   *
   * @throws IllegalStateException if it is signed and there is no key
   */
  void goOn(StreamLedger.Epoch epoch) {
    Optional<SignedAfter> signed = signedAfter(epoch);
    if (!signatures.haveKeys()) {
      if (signed.isPresent()) {
        throw new IllegalStateException(
            "the stream is signed, and there is no key in meower.events.key-file");
      }
      return;
    }
    signed.ifPresent(streams.events()::require);
  }

  /** Tells whether some of it is signed with a key that is not believed any more. */
  boolean hasLostKeys(StreamLedger.Epoch epoch) {
    return signatures.haveKeys() && !signatures.keyNames().containsAll(ledger.signedBy(epoch));
  }

  /** The first key signs from now on. */
  void sign(StreamLedger.Epoch epoch) {
    if (signatures.haveKeys()) {
      ledger.recordSignedBy(epoch, signatures.keyNames().getFirst());
    }
  }

  /**
   * Has the stream say that it is complete, and from where on all of it is signed.
   *
   * @param last the last sequence that was published before now
   */
  void announce(StreamLedger.Epoch epoch, StreamInfo stream, long last)
      throws IOException, JetStreamApiException {
    Optional<SignedAfter> signed = signedAfter(epoch);
    if (signed.isEmpty() && canSign()) {
      ledger.recordSignedAfter(epoch, last);
      signed = signedAfter(epoch);
      log.info("stream={} state=signed epoch={} after={}", MeowStream.NAME, epoch.name(), last);
    }
    signed.ifPresent(streams.events()::require);
    if (!streams.isComplete(stream, signed)) {
      streams.markComplete(signed);
    }
  }

  private boolean canSign() {
    return signatures.haveKeys() && !olderInstancesRun.getAsBoolean();
  }

  private Optional<SignedAfter> signedAfter(StreamLedger.Epoch epoch) {
    return ledger
        .signedAfter(epoch)
        .map(sequence -> new SignedAfter(new Position(epoch.name(), sequence)));
  }
}
