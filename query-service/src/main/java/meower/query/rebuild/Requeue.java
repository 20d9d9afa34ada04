package meower.query.rebuild;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import meower.nats.RequestRefusedException;
import meower.query.deadletter.DeadLetters;
import meower.query.deadletter.StreamMessages;
import meower.query.index.IndexCatalog;
import meower.query.index.Mapping;
import meower.query.index.MeowIndex;
import meower.query.index.MeowIndexes;
import meower.query.index.StreamEvent;
import meower.query.model.RequeueResult;
import meower.query.projection.BulkWriter;
import meower.query.projection.WriteOutcome;
import meower.schema.DeadLetterStream;
import meower.schema.MalformedEventException;
import meower.schema.MeowStream;
import meower.schema.Position;
import meower.stream.Streams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tries a dead letter again: its message, as the stream has it, comes into the index as if it had
 * never been parked, and replaces nothing that came later.
 *
 * <p>The letter is deleted only when every index has the event or a later one of the meow. Should
 * that fail half-way, it is tried again as often as wanted: what an index has already, it does not
 * get twice.
 */
@Component
class Requeue {

  private static final Logger log = LoggerFactory.getLogger(Requeue.class);

  private final DeadLetters deadLetters;
  private final StreamMessages messages;
  private final Streams streams;
  private final MeowIndexes indexes;
  private final BulkWriter writer;
  private final Mapping mapping;

  Requeue(
      DeadLetters deadLetters,
      StreamMessages messages,
      Streams streams,
      MeowIndexes indexes,
      BulkWriter writer,
      Mapping mapping) {
    this.deadLetters = deadLetters;
    this.messages = messages;
    this.streams = streams;
    this.indexes = indexes;
    this.writer = writer;
    this.mapping = mapping;
  }

  /**
   * Tries a letter again.
   *
   * @param number its sequence in the stream of dead letters
   * @throws RequestRefusedException if it cannot be tried
   */
  RequeueResult on(long number) throws RequestRefusedException, IOException, JetStreamApiException {
    MessageInfo letter =
        deadLetters
            .find(number)
            .orElseThrow(
                () -> new RequestRefusedException("There is no dead letter " + number + "."));
    requireEvent(letter);
    Position position = position(letter);
    List<MeowIndex> written = written(position);
    MessageInfo message =
        messages
            .find(MeowStream.NAME, position.sequence())
            .orElseThrow(() ->
                new RequestRefusedException(
                    "Its message is no longer in the stream. Discard the letter."));
    try {
      StreamEvent event = StreamEvent.of(message, streams.events(), position.epoch());
      return settled(letter, position, write(written, event));
    } catch (MalformedEventException e) {
      return stays(letter, WriteOutcome.Impossible.of(e).reason());
    }
  }

  /** Returns the outcome of the first index that does not take it. */
  private WriteOutcome write(List<MeowIndex> written, StreamEvent event) {
    for (MeowIndex index : written) {
      WriteOutcome outcome = writer.write(index, List.of(event)).getFirst();
      if (outcome instanceof WriteOutcome.Failed || outcome instanceof WriteOutcome.Impossible) {
        return outcome;
      }
    }
    return new WriteOutcome.Indexed();
  }

  private RequeueResult settled(MessageInfo letter, Position position, WriteOutcome outcome)
      throws IOException, JetStreamApiException {
    return switch (outcome) {
      case WriteOutcome.Indexed _, WriteOutcome.AlreadyThere _ -> {
        deadLetters.delete(letter.getSeq());
        log.info("position={} state=requeued", position);
        yield new RequeueResult(true, "");
      }
      case WriteOutcome.Failed failed ->
          new RequeueResult(false, "not now, try again later: " + failed.reason());
      case WriteOutcome.Impossible impossible -> stays(letter, impossible.reason());
    };
  }

  private RequeueResult stays(MessageInfo letter, String reason)
      throws IOException, JetStreamApiException {
    if (!DeadLetters.oneLine(reason).equals(header(letter, DeadLetterStream.REASON))) {
      deadLetters.parkAgain(letter, reason);
    }
    return new RequeueResult(false, reason);
  }

  private List<MeowIndex> written(Position position)
      throws RequestRefusedException, IOException, JetStreamApiException {
    Optional<String> epoch = streams.findMeows().map(Streams::epoch);
    if (epoch.filter(position.epoch()::equals).isEmpty()) {
      throw new RequestRefusedException(
          "It is of a stream that has been made anew since. The new stream has its message again,"
              + " so this letter can be discarded.");
    }
    IndexCatalog catalog = indexes.catalog();
    List<MeowIndex> written = catalog.writable(mapping, position.epoch()).all();
    if (written.isEmpty() || catalog.isReadByNewer(mapping)) {
      throw new RequestRefusedException("There is no index to write now. Try again later.");
    }
    return written;
  }

  private static void requireEvent(MessageInfo letter) throws RequestRefusedException {
    if (DeadLetterStream.LOOK_UPS.equals(header(letter, DeadLetterStream.CONSUMER))) {
      throw new RequestRefusedException(
          "It is a sighting, which its program reports again when it meets the object. Discard it.");
    }
  }

  private static Position position(MessageInfo letter) throws RequestRefusedException {
    return Position.parse(header(letter, DeadLetterStream.POSITION))
        .orElseThrow(() -> new RequestRefusedException("It does not say its position."));
  }

  private static String header(MessageInfo letter, String name) {
    return letter.getHeaders() == null
        ? ""
        : Objects.requireNonNullElse(letter.getHeaders().getFirst(name), "");
  }
}
