package meower.stream.signing;

import meower.schema.DeadLetterStream;
import meower.schema.MalformedEventException;

/** A message that the command service has not written, or not at this place: it is no event. */
final class ForgedEventException extends MalformedEventException {

  ForgedEventException(String why) {
    super(DeadLetterStream.FORGED + ": " + why, null);
  }
}
