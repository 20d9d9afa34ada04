package meower.query.view;

/** The view ends before something that the request goes on from and that was shown already. */
final class BehindException extends RuntimeException {

  private static final long serialVersionUID = 1;

  BehindException(String message) {
    super(message);
  }
}
