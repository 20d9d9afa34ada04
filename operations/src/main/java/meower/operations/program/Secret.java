package meower.operations.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import meower.operations.connection.OperationFailedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** By what a program is to be known: a token, unless somebody wants a password of their own. */
final class Secret {

  private static final String STANDARD_INPUT = "-";

  @Option(
      names = "--password",
      paramLabel = "PASSWORD",
      description =
          "a password of one's own choice instead of a token; "
              + STANDARD_INPUT
              + " reads it from the input, so that it stands in no history of a shell and no list"
              + " of processes")
  private @Nullable String typed;

  @Option(names = "--weak", description = "take a password of less than 12 characters")
  private boolean weak;

  @Nullable String password() throws IOException {
    if (!STANDARD_INPUT.equals(typed)) {
      return typed;
    }
    String line =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    if (line == null) {
      throw new OperationFailedException("There is no password in the input: type it as one line.");
    }
    return line;
  }

  boolean isWeak() {
    return weak;
  }
}
