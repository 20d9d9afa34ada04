package meower.stream.signing;

import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import io.nats.client.support.NatsJetStreamConstants;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import meower.schema.EarlierSequences;
import meower.schema.MalformedEventException;
import meower.schema.MeowEvent;
import meower.schema.MeowEventJson;
import meower.schema.MeowStream;
import meower.schema.Position;
import meower.schema.signing.EventSignatures;
import meower.schema.signing.SignedAfter;
import meower.schema.signing.SignedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The one place where messages of the stream become events: what the command service has not
 * signed, at the place where it stands, is none.
 *
 * <p>What was published before events were signed is believed up to the sequence that the stream
 * names ({@link SignedAfter}). An instance that has once seen a stream with a name for it takes no
 * other without one. Without a key everything is believed.
 */
public final class EventDecoder {

  private static final byte[] NOTHING = {};

  /** What the stream says may have changed since. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final EventSignatures signatures;
  private final ForgedMessages forged;
  private final Look look;
  private @Nullable Known known;
  private boolean everSigned;
  private volatile boolean blind;

  /** Looks how the stream stands, and has the decoder {@link #learn} it. */
  @FunctionalInterface
  public interface Look {
    void look() throws IOException, JetStreamApiException;
  }

  /**
   * @param signedAfter the last sequence that need not be signed
   * @param at when this was true, by the clock that only goes on
   */
  private record Known(String epoch, long signedAfter, long at) {

    boolean isFresh() {
      return System.nanoTime() - at < FRESH.toNanos();
    }
  }

  public EventDecoder(EventSignatures signatures, ForgedMessages forged, Look look) {
    this.signatures = signatures;
    this.forged = forged;
    this.look = look;
  }

  /**
   * Reads a message of the stream of events.
   *
   * @param epoch that of the stream that it was read from
   * @throws MalformedEventException if it is no event, or a forged one: it is not signed, or the
   *     signature is not that of this message
   * @throws UndecidedException if nobody can say now whether it had to be signed
   */
  public MeowEvent decode(Message message, String epoch) throws MalformedEventException {
    return decode(
        message.getSubject(),
        message.getData(),
        message.getHeaders(),
        new Position(epoch, message.metaData().streamSequence()));
  }

  /** Reads a message of the stream of events that was looked up there; see the other method. */
  public MeowEvent decode(MessageInfo message, String epoch) throws MalformedEventException {
    return decode(
        Objects.requireNonNull(message.getSubject()),
        message.getData(),
        message.getHeaders(),
        new Position(epoch, message.getSeq()));
  }

  /** Reads what was at a position; see the other methods. */
  public MeowEvent decode(
      String subject, byte @Nullable [] data, @Nullable Headers headers, Position position)
      throws MalformedEventException {
    byte[] payload = Objects.requireNonNullElse(data, NOTHING);
    if (signatures.haveKeys()) {
      requireAuthentic(subject, payload, headers, position);
    }
    return MeowEventJson.decode(subject, payload);
  }

  private void requireAuthentic(
      String subject, byte[] payload, @Nullable Headers headers, Position position)
      throws ForgedEventException {
    List<String> signature = values(headers, MeowStream.SIGNATURE);
    if (signature.isEmpty()) {
      if (!needNotBeSigned(position)) {
        throw forged(position, "it is not signed");
      }
      return;
    }
    List<String> messageId = values(headers, NatsJetStreamConstants.MSG_ID_HDR);
    List<String> earlier = values(headers, EarlierSequences.HEADER);
    if (signature.size() > 1 || messageId.size() > 1 || earlier.size() > 1) {
      throw forged(position, "a header is there more than once");
    }
    SignedMessage message =
        new SignedMessage(position, subject, only(messageId), only(earlier), payload);
    if (!signatures.verify(message, signature.getFirst())) {
      throw forged(position, "the signature is not that of this message");
    }
  }

  private ForgedEventException forged(Position position, String why) {
    forged.add(position, why);
    return new ForgedEventException(why);
  }

  private static List<String> values(@Nullable Headers headers, String name) {
    @Nullable List<String> values = headers == null ? null : headers.get(name);
    return values == null ? List.of() : values;
  }

  private static @Nullable String only(List<String> values) {
    return values.isEmpty() ? null : values.getFirst();
  }

  private boolean needNotBeSigned(Position position) {
    Optional<Known> fresh = known(position.epoch()).filter(Known::isFresh);
    return position.sequence() <= fresh.orElseGet(() -> lookAgain(position)).signedAfter();
  }

  /** What was true a moment ago is still worth more than nothing, while NATS does not answer. */
  private Known lookAgain(Position position) {
    @Nullable Exception failure = null;
    try {
      look.look();
    } catch (IOException | JetStreamApiException e) {
      failure = e;
    }
    @Nullable Exception cause = failure;
    return known(position.epoch()).orElseThrow(() -> new UndecidedException(position, cause));
  }

  private synchronized Optional<Known> known(String epoch) {
    return Optional.ofNullable(known).filter(one -> one.epoch().equals(epoch));
  }

  /** Takes note of how the stream stands: of which epoch it is, and what its description says. */
  public synchronized void learn(String epoch, @Nullable String description) {
    blind = !signatures.haveKeys() && SignedAfter.isSaid(description);
    Optional<SignedAfter> said = SignedAfter.parse(epoch, description, signatures);
    said.ifPresentOrElse(this::require, () -> keep(epoch));
  }

  /** From now on nothing unsigned is believed after the position, whatever the stream says. */
  public synchronized void require(SignedAfter signed) {
    Position after = signed.position();
    // The owner raises it where it has a reason to; a lower one is of earlier.
    long before = everSigned ? known(after.epoch()).map(Known::signedAfter).orElse(0L) : 0;
    everSigned = true;
    known = new Known(after.epoch(), Math.max(before, after.sequence()), System.nanoTime());
  }

  private void keep(String epoch) {
    long signedAfter =
        known(epoch).map(Known::signedAfter).orElse(everSigned ? 0L : Long.MAX_VALUE);
    known = new Known(epoch, signedAfter, System.nanoTime());
  }

  /** Tells whether the stream is signed, and there is no key to look at signatures. */
  public boolean isBlind() {
    return blind;
  }
}
