package meower.operations.deadletter;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import meower.operations.connection.ExitStatus;
import meower.operations.connection.OperationFailedException;
import meower.operations.connection.ServersCommand;
import meower.operations.connection.ServiceRequest;
import meower.query.model.IndexRequests;
import meower.query.model.RequeueResult;
import meower.schema.Position;
import meower.schema.audit.AuditRequests;
import meower.schema.audit.LedgerEpoch;
import meower.schema.audit.LedgerMending;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./meower dead-letters}: looks through what could not be indexed, and settles it. */
@Command(
    name = "dead-letters",
    description =
        "messages that could not be processed, events and sightings: list, show, try again, throw away",
    subcommands = {
      DeadLettersCommand.ListLetters.class,
      DeadLettersCommand.Show.class,
      DeadLettersCommand.Requeue.class,
      DeadLettersCommand.Discard.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class DeadLettersCommand {

  private DeadLettersCommand() {}

  /** What the four have in common. */
  abstract static class LetterCommand extends ServersCommand {

    @Override
    public final Integer call() throws Exception {
      return servers().withNats(nats -> run(new Letters(nats)));
    }

    abstract int run(Letters letters) throws Exception;
  }

  /** Which letters are meant: one by its number, or all. */
  static final class Choice {

    @Parameters(paramLabel = "N", description = "the number that list shows")
    private long number;

    @Option(names = "--all", description = "every letter", required = true)
    private boolean all;

    List<Long> numbers(Letters letters) throws Exception {
      return all ? letters.all().stream().map(Letter::number).toList() : List.of(number);
    }
  }

  /** One line for each; exit status 1 when there are any. */
  @Command(
      name = "list",
      description = "one line for each letter; exit status 1 if there are any",
      mixinStandardHelpOptions = true)
  static final class ListLetters extends LetterCommand {

    @Override
    int run(Letters letters) throws Exception {
      List<Letter> all = letters.all();
      all.forEach(letter -> say(letter.line()));
      say(all.size() == 1 ? "1 dead letter" : all.size() + " dead letters");
      return all.isEmpty() ? ExitStatus.FINE : ExitStatus.FOUND;
    }
  }

  /** All that is known of one. */
  @Command(
      name = "show",
      description = "reason, position, headers and body of a letter",
      mixinStandardHelpOptions = true)
  static final class Show extends LetterCommand {

    @Parameters(paramLabel = "N", description = "the number that list shows")
    private long number;

    @Override
    int run(Letters letters) throws Exception {
      letters.get(number).lines().forEach(this::say);
      return ExitStatus.FINE;
    }
  }

  /** Has the query service try letters again; those that it can index now are gone then. */
  @Command(
      name = "requeue",
      description = {
        "try to index a letter, or all of them, again",
        "What can be indexed now gets its place in the timeline and is no letter any more; exit"
            + " status 1 if some stay."
      },
      mixinStandardHelpOptions = true)
  static final class Requeue extends LetterCommand {

    @ArgGroup(multiplicity = "1")
    private Choice choice = new Choice();

    @Override
    int run(Letters letters) throws Exception {
      int status = ExitStatus.FINE;
      for (long number : choice.numbers(letters)) {
        RequeueResult result = requeue(number);
        say(number + (result.indexed() ? ": indexed" : ": stays parked: " + result.reason()));
        status = result.indexed() ? status : ExitStatus.FOUND;
      }
      return status;
    }

    /** One that cannot be tried does not keep the others from it. */
    private RequeueResult requeue(long number) throws Exception {
      try {
        return RequeueResult.decode(
            ServiceRequest.toQuery(servers()).ask(IndexRequests.REQUEUE, Long.toString(number)));
      } catch (OperationFailedException e) {
        if (!choice.all) {
          throw e;
        }
        return new RequeueResult(false, String.valueOf(e.getMessage()));
      }
    }
  }

  /**
   * Throws letters away; a message of ours stays in the stream of events, a forged one does not.
   */
  @Command(
      name = "discard",
      description = {
        "throw a letter, or all of them, away",
        "The message itself stays in the stream: a rebuild of the index parks it again. One that was"
            + " forged is erased there, too; exit status 1 if that cannot be done yet."
      },
      mixinStandardHelpOptions = true)
  static final class Discard extends LetterCommand {

    /** The relay looks every 2 s what has come into the stream. */
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(5);

    private static final Duration AGAIN = Duration.ofMillis(250);

    @ArgGroup(multiplicity = "1")
    private Choice choice = new Choice();

    @Override
    int run(Letters letters) throws Exception {
      int status = ExitStatus.FINE;
      for (long number : choice.numbers(letters)) {
        Optional<Position> forged = letters.get(number).forged();
        if (forged.isEmpty() || isErased(forged.get())) {
          discard(letters, number);
          say(number + ": discarded");
        } else {
          say(number + ": stays parked: Postgres does not know its message for a forged one");
          status = ExitStatus.FOUND;
        }
      }
      return status;
    }

    /** The letter of an erased message may go by itself. */
    private void discard(Letters letters, long number) throws Exception {
      try {
        ServiceRequest.toQuery(servers()).ask(IndexRequests.DISCARD, Long.toString(number));
      } catch (OperationFailedException e) {
        if (letters.have(number)) {
          throw e;
        }
      }
    }

    /** A stream that was made anew since does not have the message. */
    private boolean isErased(Position forged) throws Exception {
      ServiceRequest command = ServiceRequest.toCommand(servers());
      LedgerEpoch epoch = command.ask(AuditRequests.LEDGER_EPOCH, LedgerEpoch.class);
      if (!epoch.name().equals(forged.epoch())) {
        return true;
      }
      LedgerMending erasing = LedgerMending.ofForeign(epoch.number(), List.of(forged.sequence()));
      long asked = System.nanoTime();
      while (!isErased(command, erasing)) {
        if (System.nanoTime() - asked > KNOWN_WITHIN.toNanos()) {
          return false;
        }
        Thread.sleep(AGAIN);
      }
      return true;
    }

    private static boolean isErased(ServiceRequest command, LedgerMending erasing)
        throws Exception {
      return command.ask(AuditRequests.LEDGER_MEND, erasing, LedgerMending.Result.class).foreign()
          > 0;
    }
  }
}
