package meower.stream.signing;

import meower.schema.Position;
import org.jspecify.annotations.Nullable;

/**
 * Nobody can say now whether a message had to be signed: the stream cannot be looked at, or it is
 * another one by now. Try again.
 */
public final class UndecidedException extends RuntimeException {

  UndecidedException(Position position, @Nullable Exception cause) {
    super("whether " + position + " had to be signed cannot be said now", cause);
  }
}
