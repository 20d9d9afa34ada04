package meower.nats;

/**
 * A request that was not carried out because it makes no sense; the message says so to who asks.
 */
public final class RequestRefusedException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * @param message what to do about it, one line of plain ASCII
   */
  public RequestRefusedException(String message) {
    super(message);
  }
}
