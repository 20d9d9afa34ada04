package meower.operations.deadletter;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meower.nats.Lookup;
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
    for (var letter = next(1); letter.isPresent(); letter = next(letter.get().getSeq() + 1)) {
      letters.add(new Letter(letter.get()));
    }
    return letters;
  }

  /**
   * Returns one letter.
   *
   * @throws OperationFailedException if it is not there
   */
  Letter get(long number) throws IOException, JetStreamApiException {
    return new Letter(
        find(number)
            .orElseThrow(() ->
                new OperationFailedException(
                    "There is no dead letter "
                        + number
                        + ". ./meower dead-letters list shows all.")));
  }

  /** Tells whether there is one of this number. */
  boolean have(long number) throws IOException, JetStreamApiException {
    return find(number).isPresent();
  }

  private Optional<MessageInfo> find(long number) throws IOException, JetStreamApiException {
    return Lookup.find(
        () -> management.getMessage(DeadLetterStream.NAME, number),
        NotFound.MESSAGE,
        NotFound.STREAM);
  }

  /** Returns the first one with this number or a higher one. */
  private Optional<MessageInfo> next(long number) throws IOException, JetStreamApiException {
    return Lookup.find(
        () -> management.getNextMessage(DeadLetterStream.NAME, number, DeadLetterStream.SUBJECTS),
        NotFound.MESSAGE,
        NotFound.STREAM);
  }
}
