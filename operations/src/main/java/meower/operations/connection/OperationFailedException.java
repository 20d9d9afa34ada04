package meower.operations.connection;

/** The command cannot do its work; the message tells the operator what to do. */
public final class OperationFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public OperationFailedException(String message) {
    super(message);
  }

  public OperationFailedException(String message, Throwable cause) {
    super(message + " (" + cause.getMessage() + ")", cause);
  }
}
