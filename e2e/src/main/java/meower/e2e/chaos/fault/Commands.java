package meower.e2e.chaos.fault;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs of the system. */
final class Commands {

  private Commands() {}

  /** Returns whether it ended well; also false when there is no such program. */
  static boolean succeeds(String... command) throws InterruptedException {
    try {
      var process =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(10, TimeUnit.SECONDS)) {
        return process.exitValue() == 0;
      }
      process.destroyForcibly();
      return false;
    } catch (IOException _) {
      return false;
    }
  }

  /**
   * @throws IOException when it does not end well
   */
  static void run(String... command) throws IOException, InterruptedException {
    if (!succeeds(command)) {
      throw new IOException("failed: " + String.join(" ", command));
    }
  }
}
