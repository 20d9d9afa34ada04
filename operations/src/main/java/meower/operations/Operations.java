package meower.operations;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The commands for whoever runs Meower.
 *
 * <p>Exit status: 0 when all is as it should be, 1 when something was found that is not, 2 when the
 * command could not do its work.
 */
@Command(
    name = "./meower",
    subcommands = {StatusCommand.class},
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class Operations {

  /** All is as it should be. */
  static final int FINE = 0;

  /** Something is not as it should be. */
  static final int FOUND = 1;

  /** The command could not do its work. */
  static final int FAILED = 2;

  private Operations() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Operations())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExitCodeExceptionMapper(_ -> FAILED)
        .setExecutionExceptionHandler((e, command, _) -> {
          command.getErr().println("meower: " + e.getMessage());
          return FAILED;
        });
  }
}
