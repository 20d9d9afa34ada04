package meower.standalone;

import java.util.List;

/** Says which server could not be started or controlled, with the last lines it logged. */
public final class ServerFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ServerFailedException(String message, List<String> lastLogLines) {
    super(lastLogLines.isEmpty() ? message : message + "\n  " + String.join("\n  ", lastLogLines));
  }

  ServerFailedException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
