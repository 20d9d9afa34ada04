package meower.program.outbound;

import java.io.IOException;

/** A connection that is not made, because of where it would lead. */
final class RefusedAddressException extends IOException {

  private static final long serialVersionUID = 1;

  RefusedAddressException() {
    super("the address may not be called");
  }
}
