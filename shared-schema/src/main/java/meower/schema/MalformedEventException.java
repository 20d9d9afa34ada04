package meower.schema;

import org.jspecify.annotations.Nullable;

/** A message that is not an event: reading it again will never help, so it is to be parked. */
public class MalformedEventException extends Exception {

  protected MalformedEventException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
