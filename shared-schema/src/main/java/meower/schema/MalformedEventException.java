package meower.schema;

import org.jspecify.annotations.Nullable;

/** A message that is not an event: reading it again will never help, so it is to be parked. */
public final class MalformedEventException extends Exception {

  MalformedEventException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
