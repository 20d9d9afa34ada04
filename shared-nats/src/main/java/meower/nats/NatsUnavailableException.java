package meower.nats;

/** There is no connection to NATS at the moment; it is being made in the background. */
public final class NatsUnavailableException extends Exception {

  NatsUnavailableException() {
    super("NATS is not connected");
  }
}
