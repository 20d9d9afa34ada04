package meower.operations;

import meower.operations.audit.AuditCommand;
import meower.operations.connection.ExitStatus;
import meower.operations.connection.Terminal;
import meower.operations.deadletter.DeadLettersCommand;
import meower.operations.index.RebuildIndexCommand;
import meower.operations.program.ProgramCommand;
import meower.operations.queue.QueuesCommand;
import meower.operations.removal.RemoveCommand;
import meower.operations.status.StatusCommand;
import meower.operations.trail.WhoCommand;
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
    subcommands = {
      AuditCommand.class,
      DeadLettersCommand.class,
      ProgramCommand.class,
      QueuesCommand.class,
      RebuildIndexCommand.class,
      RemoveCommand.class,
      StatusCommand.class,
      WhoCommand.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class Operations {

  private Operations() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return commandLine(new Operations());
  }

  /** Returns how a command is run; the exit status is the same for all of them. */
  public static CommandLine commandLine(Object command) {
    return new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExitCodeExceptionMapper(_ -> ExitStatus.FAILED)
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setOut(Terminal.out())
        .setErr(Terminal.err())
        .setExecutionExceptionHandler((e, failed, _) -> {
          new Terminal(failed.getCommandSpec()).fail(String.valueOf(e.getMessage()));
          return ExitStatus.FAILED;
        });
  }
}
