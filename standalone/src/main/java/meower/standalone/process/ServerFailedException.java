package meower.standalone.process;

import java.util.List;

/** Says which server could not be started or controlled, with the last lines it logged. */
public final class ServerFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ServerFailedException(String message, List<String> lastLogLines) {
    super(lastLogLines.isEmpty() ? message : message + "\n  " + String.join("\n  ", lastLogLines));
  }

  public ServerFailedException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
