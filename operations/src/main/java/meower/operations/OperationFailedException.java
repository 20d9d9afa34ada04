package meower.operations;

/** The command cannot do its work; the message tells the operator what to do. */
final class OperationFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  OperationFailedException(String message) {
    super(message);
  }

  OperationFailedException(String message, Throwable cause) {
    super(message + " (" + cause.getMessage() + ")", cause);
  }
}
