package meower.query.rebuild;

/** What an operator has asked for cannot be done; the message tells them why. */
final class RequestRefusedException extends Exception {

  private static final long serialVersionUID = 1;

  RequestRefusedException(String message) {
    super(message);
  }
}
