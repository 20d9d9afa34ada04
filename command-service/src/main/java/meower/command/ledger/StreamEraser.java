package meower.command.ledger;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meower.nats.Lookup;
import meower.nats.NatsLink;
import meower.nats.NotFound;
import meower.schema.DeadLetterStream;
import meower.schema.MeowStream;
import meower.schema.Position;

/**
 * Erases the messages of deleted meows: from the stream once their deletions are in it, and from
 * among the dead letters.
 */
final class StreamEraser {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** What is published next waits no longer than that for what is erased. */
  private static final Duration ROUND = Duration.ofMillis(20);

  private static final int MOST_PER_ROUND = 64;

  private final NatsLink link;
  private final StreamLedger ledger;
  private final StreamStatus status;

  StreamEraser(NatsLink link, StreamLedger ledger, StreamStatus status) {
    this.link = link;
    this.ledger = ledger;
    this.status = status;
  }

  /**
   * Erases for a moment.
   *
   * @return whether there may be more
   */
  boolean erase(StreamLedger.Epoch epoch) throws IOException, JetStreamApiException {
    List<Long> wanted = ledger.wanted(epoch, MOST_PER_ROUND);
    if (wanted.isEmpty()) {
      return false;
    }
    JetStreamManagement management = link.management(TIMEOUT);
    boolean hasLetters = hasLetters(management);
    List<Long> erased = new ArrayList<>();
    long deadline = System.nanoTime() + ROUND.toNanos();
    for (long sequence : wanted) {
      if (hasLetters) {
        eraseLetters(management, new Position(epoch.name(), sequence));
      }
      erase(management, MeowStream.NAME, sequence);
      erased.add(sequence);
      if (System.nanoTime() - deadline >= 0) {
        break;
      }
    }
    ledger.recordErased(epoch, erased);
    status.erased(erased.size());
    return true;
  }

  private static boolean hasLetters(JetStreamManagement management)
      throws IOException, JetStreamApiException {
    return Lookup.find(() -> management.getStreamInfo(DeadLetterStream.NAME), NotFound.STREAM)
        .filter(letters -> letters.getStreamState().getMsgCount() > 0)
        .isPresent();
  }

  private static void eraseLetters(JetStreamManagement management, Position position)
      throws IOException, JetStreamApiException {
    for (String subject : List.of(MeowStream.CREATED, MeowStream.EDITED)) {
      String about = DeadLetterStream.subjectOf(subject, position);
      Optional<MessageInfo> letter =
          Lookup.find(
              () -> management.getLastMessage(DeadLetterStream.NAME, about), NotFound.MESSAGE);
      if (letter.isPresent()) {
        erase(management, DeadLetterStream.NAME, letter.get().getSeq());
      }
    }
  }

  /** What is gone already, since a crash came between this and the ledger, is as good. */
  private static void erase(JetStreamManagement management, String stream, long sequence)
      throws IOException, JetStreamApiException {
    try {
      management.deleteMessage(stream, sequence, true);
    } catch (JetStreamApiException e) {
      if (Lookup.find(() -> management.getMessage(stream, sequence), NotFound.MESSAGE)
          .isPresent()) {
        throw e;
      }
    }
  }
}
