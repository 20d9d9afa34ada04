package meower.nats;

import java.io.IOException;

/** There is no connection to NATS at the moment; it is being made in the background. */
public final class NatsUnavailableException extends IOException {

  NatsUnavailableException() {
    super("NATS is not connected");
  }
}
