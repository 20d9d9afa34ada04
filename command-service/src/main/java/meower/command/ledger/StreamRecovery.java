package meower.command.ledger;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamState;
import java.io.IOException;
import java.util.Optional;
import meower.schema.EventKey;
import meower.schema.MeowStream;
import meower.stream.Streams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings stream and ledger to agreement, whatever the broker has forgotten.
 *
 * <p>A stream that is only shorter is completed with the same sequences, and keeps its epoch. One
 * where sequences would move is made anew, with a new epoch. Nothing is deleted that Postgres does
 * not have: such a stream is taken over as it is.
 */
final class StreamRecovery {

  private static final Logger log = LoggerFactory.getLogger(StreamRecovery.class);

  private final Streams streams;
  private final StreamLedger ledger;
  private final StreamAdoption adoption;
  private final StreamRefill refill;
  private final StreamPublisher publisher;
  private final StreamSigning signing;
  private final StreamStatus status;

  StreamRecovery(
      Streams streams,
      StreamLedger ledger,
      StreamAdoption adoption,
      StreamRefill refill,
      StreamPublisher publisher,
      StreamSigning signing,
      StreamStatus status) {
    this.signing = signing;
    this.streams = streams;
    this.ledger = ledger;
    this.adoption = adoption;
    this.refill = refill;
    this.publisher = publisher;
    this.status = status;
  }

  /** Tells whether the stream is still as it was left; asks for no more than its state. */
  boolean isSound(StreamLedger.Epoch epoch) throws IOException, JetStreamApiException {
    return streams
        .findMeows()
        .filter(stream -> Streams.epoch(stream).equals(epoch.name()))
        .filter(stream -> ledger.erasures(epoch).explain(missing(stream, epoch)))
        .filter(stream -> last(stream) == publisher.lastSequence())
        .isPresent();
  }

  /** Has the stream go on saying from where on it is signed, whoever else has changed that. */
  void announceSigning(StreamLedger.Epoch epoch) throws IOException, JetStreamApiException {
    Optional<StreamInfo> stream = streams.findMeows();
    if (stream.isPresent()) {
      signing.announce(epoch, stream.get(), publisher.lastSequence());
    }
  }

  /**
   * Completes the stream or makes it anew, so that publishing can go on behind its end.
   *
   * @return the epoch in which it goes on
   */
  StreamLedger.Epoch recover() throws Exception {
    Optional<StreamLedger.Epoch> known = ledger.newest();
    StreamInfo stream = streams.findMeows().isPresent() ? streams.ensureMeows() : create(known);
    if (known.isEmpty()) {
      return keep(stream);
    }
    StreamLedger.Epoch epoch = known.get();
    signing.goOn(epoch);
    long recorded = ledger.lastSequence(epoch);
    if (!epoch.name().equals(Streams.epoch(stream))) {
      return replace(stream, known, "another-epoch");
    }
    if (signing.hasLostKeys(epoch)) {
      return replace(stream, known, "signed-with-a-lost-key");
    }
    StreamLedger.Erasures erasures = ledger.erasures(epoch, last(stream));
    if (isDamaged(stream, epoch, recorded, erasures)) {
      return replace(stream, known, "damaged");
    }
    if (missing(stream, epoch) < erasures.done()) {
      log.warn("stream={} state=came-back epoch={}", MeowStream.NAME, epoch.name());
      ledger.wantErasedAgain(epoch);
    }
    appendTail(stream, epoch, recorded);
    adopt(stream, epoch, recorded);
    return finish(epoch);
  }

  /** Sequences move: what is there gives way, unless Postgres could not bring it back. */
  private StreamLedger.Epoch replace(
      StreamInfo stream, Optional<StreamLedger.Epoch> known, String reason) throws Exception {
    if (last(stream) == 0) {
      return keep(stream);
    }
    boolean unknown = adoption.holdsUnknownEvents(Streams.epoch(stream));
    log.warn(
        "stream={} state={} reason={} epoch={} messages={}",
        MeowStream.NAME,
        unknown ? "kept-with-unknown-events" : "deleted",
        reason,
        Streams.epoch(stream),
        stream.getStreamState().getMsgCount());
    if (unknown) {
      return keep(stream);
    }
    if (!ledger.newest().equals(known)) {
      throw new IllegalStateException("another relay leads");
    }
    streams.deleteMeows();
    return keep(create(known));
  }

  /** Takes the stream over as it is and publishes behind its end what it lacks. */
  private StreamLedger.Epoch keep(StreamInfo stream) throws Exception {
    if (last(stream) == 0 && !Streams.isRefilling(stream)) {
      streams.markRefilling();
    }
    StreamLedger.Epoch epoch = ledger.begin(Streams.epoch(stream), holes(stream));
    signing.begin(epoch, last(stream) == 0);
    adopt(stream, epoch, 0);
    return finish(epoch);
  }

  private StreamInfo create(Optional<StreamLedger.Epoch> known) throws Exception {
    StreamInfo stream = streams.createRefillingMeows();
    log.info("stream={} state=created epoch={}", MeowStream.NAME, Streams.epoch(stream));
    if (known.isPresent()) {
      status.recreated();
    }
    return stream;
  }

  private void appendTail(StreamInfo stream, StreamLedger.Epoch epoch, long recorded)
      throws Exception {
    publisher.continueAfter(last(stream));
    if (last(stream) < recorded) {
      log.warn(
          "stream={} state=shorter epoch={} last={} expected={}",
          MeowStream.NAME,
          epoch.name(),
          last(stream),
          recorded);
      streams.markRefilling();
      status.refilling(true);
      signing.sign(epoch);
      refill.appendTail(epoch, recorded);
    }
  }

  private void adopt(StreamInfo stream, StreamLedger.Epoch epoch, long recorded) throws Exception {
    if (last(stream) > recorded) {
      int found = adoption.adopt(epoch, recorded + 1);
      status.adopted(found);
      log.info(
          "stream={} state=adopted epoch={} messages={} of-the-outbox={}",
          MeowStream.NAME,
          epoch.name(),
          last(stream) - recorded,
          found);
    }
    publisher.continueAfter(Math.max(last(stream), recorded));
  }

  private StreamLedger.Epoch finish(StreamLedger.Epoch epoch) throws Exception {
    signing.sign(epoch);
    if (!epoch.complete()) {
      status.refilling(true);
      refill.fill(epoch);
      ledger.complete(epoch);
    }
    StreamInfo stream = streams.ensureMeows();
    signing.announce(epoch, stream, last(stream));
    status.refilling(false);
    ledger.dropPublished(epoch, StreamLedger.BATCH);
    log.info(
        "stream={} state=complete epoch={} last={}", MeowStream.NAME, epoch.name(), last(stream));
    return epoch.completed();
  }

  /** Whether something else stands where the ledger says that an event is, or it is not there. */
  private boolean isDamaged(
      StreamInfo stream, StreamLedger.Epoch epoch, long recorded, StreamLedger.Erasures erasures)
      throws Exception {
    long end = last(stream);
    long missing = missing(stream, epoch);
    if (missing < 0 || missing > erasures.done() + erasures.wanted()) {
      return true;
    }
    if (end < recorded && !refill.canAppendTail(epoch, end, recorded)) {
      return true;
    }
    long common = Math.min(end, recorded);
    Optional<EventKey> expected = ledger.keyAt(epoch, common);
    return expected.isPresent() && !expected.equals(adoption.keyAt(epoch, common));
  }

  /** What is missing since the ledger knows the stream. */
  private static long missing(StreamInfo stream, StreamLedger.Epoch epoch) {
    return holes(stream) - epoch.holes();
  }

  private static long last(StreamInfo stream) {
    return stream.getStreamState().getLastSequence();
  }

  /** Sequences without a message; the relay itself leaves none but those that it erases. */
  private static long holes(StreamInfo stream) {
    StreamState state = stream.getStreamState();
    return state.getLastSequence() - state.getMsgCount();
  }
}
