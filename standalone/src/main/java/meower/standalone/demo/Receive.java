package meower.standalone.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meower.standalone.launcher.Console;

/** {@code ./meower receive}: a receiver for queues with push, until Ctrl+C. */
public final class Receive {
  private static final Duration LOOK = Duration.ofHours(1);
  private static final int PORT = 9000;
  private static final int HIGHEST_PORT = 65_535;

  private Receive() {}

  /**
   * What it was told.
   *
   * @param failures so many deliveries of each message are refused first
   */
  record Options(int port, Optional<String> secret, int failures) {

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException if there is something wrong with them, saying what
     */
    static Options parse(List<String> arguments) {
      var rest = new ArrayList<>(arguments);
      var port = number("--port", take(rest, "--port"), PORT, HIGHEST_PORT);
      var failures = number("--fail", take(rest, "--fail"), 0, Integer.MAX_VALUE);
      var secret = take(rest, "--secret");
      if (!rest.isEmpty()) {
        throw new IllegalArgumentException(
            "receive knows --port N, --secret whsec_… and --fail N, not " + rest.getFirst());
      }
      return new Options(port, secret, failures);
    }

    private static Optional<String> take(List<String> arguments, String option) {
      var at = arguments.indexOf(option);
      if (at < 0) {
        return Optional.empty();
      }
      if (at + 1 == arguments.size()) {
        throw new IllegalArgumentException(option + " needs a value");
      }
      arguments.remove(at);
      return Optional.of(arguments.remove(at));
    }

    private static int number(String option, Optional<String> text, int otherwise, int most) {
      if (text.isEmpty()) {
        return otherwise;
      }
      try {
        var number = Integer.parseInt(text.get());
        if (number >= 0 && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(option + " needs a number, not " + text.get(), e);
      }
      throw new IllegalArgumentException(option + " needs a number from 0 to " + most);
    }
  }

  public static void main(String[] arguments) throws InterruptedException {
    var console = Console.ofThisProcess();
    try {
      var options = Options.parse(List.of(arguments));
      try (var receiver =
          new WebhookReceiver(options.port(), options.secret(), options.failures(), console::say)) {
        console.say("Receives at " + receiver.url() + "; Ctrl+C ends it");
        while (true) {
          Thread.sleep(LOOK);
        }
      }
    } catch (IllegalArgumentException e) {
      console.warn("meower: " + e.getMessage());
      System.exit(2);
    } catch (IOException e) {
      console.warn("meower: cannot listen: " + e.getMessage() + ". Choose another --port");
      System.exit(1);
    }
  }
}
