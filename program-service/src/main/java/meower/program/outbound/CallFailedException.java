package meower.program.outbound;

import java.io.IOException;

/**
 * A call that brought no answer; the message says why in a few words, for who chose the address.
 */
public final class CallFailedException extends IOException {

  private static final long serialVersionUID = 1;

  CallFailedException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
