package meower.operations.deadletter;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import meower.nats.NotFound;
import meower.operations.connection.OperationFailedException;
import meower.schema.DeadLetterStream;

/** The stream of dead letters, for an operator. */
final class Letters {

  private final JetStreamManagement management;

  Letters(Connection nats) throws IOException {
    management = nats.jetStreamManagement();
  }

  /** Returns all letters, the oldest first. */
  List<Letter> all() throws IOException, JetStreamApiException {
    List<Letter> letters = new ArrayList<>();
    long next = 1;
    while (true) {
      try {
        MessageInfo message =
            management.getNextMessage(DeadLetterStream.NAME, next, DeadLetterStream.SUBJECTS);
        letters.add(new Letter(message));
        next = message.getSeq() + 1;
      } catch (JetStreamApiException e) {
        if (isMissing(e)) {
          return letters;
        }
        throw e;
      }
    }
  }

  /**
   * Returns one letter.
   *
   * @throws OperationFailedException if it is not there
   */
  Letter get(long number) throws IOException, JetStreamApiException {
    try {
      return new Letter(management.getMessage(DeadLetterStream.NAME, number));
    } catch (JetStreamApiException e) {
      if (isMissing(e)) {
        throw new OperationFailedException(
            "There is no dead letter " + number + ". ./meower dead-letters list shows all.");
      }
      throw e;
    }
  }

  /** Tells whether there is one of this number. */
  boolean have(long number) throws IOException, JetStreamApiException {
    try {
      management.getMessage(DeadLetterStream.NAME, number);
      return true;
    } catch (JetStreamApiException e) {
      if (isMissing(e)) {
        return false;
      }
      throw e;
    }
  }

  private static boolean isMissing(JetStreamApiException e) {
    return NotFound.MESSAGE.isReasonOf(e) || NotFound.STREAM.isReasonOf(e);
  }
}
