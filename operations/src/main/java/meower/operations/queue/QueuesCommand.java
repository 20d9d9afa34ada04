package meower.operations.queue;

import meower.operations.connection.ExitStatus;
import meower.operations.connection.OperationFailedException;
import meower.operations.connection.ServersCommand;
import meower.operations.connection.ServiceRequest;
import meower.schema.queue.DeadLetterLine;
import meower.schema.queue.PushStatus;
import meower.schema.queue.QueueName;
import meower.schema.queue.QueueRequests;
import meower.schema.queue.QueueStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./meower queues}: what waits in the queues of programs, and what nobody gets any more. */
@Command(
    name = "queues",
    description = "queues of programs: list, show, put dead letters back, pause, resume",
    subcommands = {
      QueuesCommand.ListQueues.class,
      QueuesCommand.Show.class,
      QueuesCommand.DeadLetters.class,
      QueuesCommand.Requeue.class,
      QueuesCommand.Pause.class,
      QueuesCommand.Resume.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class QueuesCommand {

  private QueuesCommand() {}

  /** What all of them have in common. */
  abstract static class QueueCommand extends ServersCommand {

    final ServiceRequest service() {
      return ServiceRequest.toProgram(servers());
    }

    final void say(QueueStatus status) {
      say(
          "%s/%s: %,d ready%s, %,d leased, %,d delayed, %,d dead%s%s"
              .formatted(
                  status.program(),
                  status.queue(),
                  status.ready(),
                  age(status.oldestReady()),
                  status.leased(),
                  status.delayed(),
                  status.dead(),
                  status.paused() ? "; paused: nobody gets anything" : "",
                  status.push() == null ? "" : "; push " + push(status.push())));
    }

    private static String push(PushStatus push) {
      String error = push.lastError() == null ? "" : " (" + push.lastError() + ")";
      return push.state() + " since " + push.since() + error;
    }

    private static String age(@Nullable Double seconds) {
      return seconds == null ? "" : " (for %,d s)".formatted(Math.round(seconds));
    }
  }

  /** What those have in common that are about one queue. */
  abstract static class OneQueueCommand extends QueueCommand {

    @Parameters(paramLabel = "Q", description = "the queue, or owner/queue")
    private String queue = "";

    @Option(
        names = "--program",
        paramLabel = "NAME",
        description = "whose it has to be, to be sure that it is the right one")
    private @Nullable String program;

    final QueueName name() {
      int slash = queue.indexOf('/');
      if (slash < 0) {
        return new QueueName(program, queue);
      }
      String owner = queue.substring(0, slash);
      if (program != null && !program.equals(owner)) {
        throw new OperationFailedException(
            "Name one owner: %s, or --program %s with the queue alone.".formatted(queue, program));
      }
      return new QueueName(owner, queue.substring(slash + 1));
    }

    final QueueStatus ask(String subject) throws Exception {
      return service().ask(subject, name(), QueueStatus.class);
    }
  }

  /** One line for each. */
  @Command(
      name = "list",
      description = {
        "one line for each queue",
        "Exit status 1 if one has dead letters or is paused, or its receiver fails or is paused."
      },
      mixinStandardHelpOptions = true)
  static final class ListQueues extends QueueCommand {

    @Override
    public Integer call() throws Exception {
      boolean isFine = true;
      QueueStatus[] all = service().ask(QueueRequests.LIST, QueueStatus[].class);
      for (QueueStatus status : all) {
        say(status);
        isFine &= status.dead() == 0 && !status.paused() && !fails(status.push());
      }
      say(all.length == 1 ? "1 queue" : "%,d queues".formatted(all.length));
      return isFine ? ExitStatus.FINE : ExitStatus.FOUND;
    }

    private static boolean fails(@Nullable PushStatus push) {
      return push != null && (push.state().equals("failing") || push.state().equals("paused"));
    }
  }

  /** One queue and how it is defined. */
  @Command(
      name = "show",
      description = "what is in a queue, and how it is defined",
      mixinStandardHelpOptions = true)
  static final class Show extends OneQueueCommand {

    @Override
    public Integer call() throws Exception {
      QueueStatus status = ask(QueueRequests.SHOW);
      say(status);
      say(
          "lease %s, at most %,d deliveries, kept for %s"
              .formatted(status.lease(), status.maxDeliveries(), status.keep()));
      if (status.push() != null) {
        say("pushed to " + status.push().url());
      }
      return ExitStatus.FINE;
    }
  }

  /** Why messages are not delivered any more. */
  @Command(
      name = "dead-letters",
      description = {
        "one line for each message that nobody gets any more, newest first",
        "Bodies are the program's and are not shown. Exit status 1 if there are any."
      },
      mixinStandardHelpOptions = true)
  static final class DeadLetters extends OneQueueCommand {

    @Override
    public Integer call() throws Exception {
      DeadLetterLine[] letters =
          service().ask(QueueRequests.DEAD_LETTERS, name(), DeadLetterLine[].class);
      for (DeadLetterLine letter : letters) {
        String error = letter.lastError() == null ? "" : ": " + letter.lastError();
        say(
            "%s  %s  %s after %,d deliveries%s"
                .formatted(
                    letter.id(), letter.diedAt(), letter.reason(), letter.deliveries(), error));
      }
      String most = letters.length == QueueRequests.MOST ? "the newest " : "";
      say(
          most
              + (letters.length == 1
                  ? "1 dead letter"
                  : "%,d dead letters".formatted(letters.length)));
      return letters.length == 0 ? ExitStatus.FINE : ExitStatus.FOUND;
    }
  }

  /** Has all dead letters delivered again. */
  @Command(
      name = "requeue",
      description = "put all dead letters of a queue back, as if they had not been delivered yet",
      mixinStandardHelpOptions = true)
  static final class Requeue extends OneQueueCommand {

    @Override
    public Integer call() throws Exception {
      QueueStatus status = ask(QueueRequests.REQUEUE);
      say("%,d put back".formatted(status.requeued()));
      say(status);
      return ExitStatus.FINE;
    }
  }

  /** Lets nobody fetch. */
  @Command(
      name = "pause",
      description = {
        "let nobody fetch from a queue until it is resumed",
        "Fetches find nothing; publishing and settling go on, and nothing is lost but what gets"
            + " older than the queue keeps it."
      },
      mixinStandardHelpOptions = true)
  static final class Pause extends OneQueueCommand {

    @Override
    public Integer call() throws Exception {
      say(ask(QueueRequests.PAUSE));
      return ExitStatus.FINE;
    }
  }

  /** Lets everybody fetch again. */
  @Command(
      name = "resume",
      description = {
        "let everybody fetch again from a queue that was paused",
        "A receiver that was paused, because it failed for too long or wanted nothing, is called"
            + " again."
      },
      mixinStandardHelpOptions = true)
  static final class Resume extends OneQueueCommand {

    @Override
    public Integer call() throws Exception {
      say(ask(QueueRequests.RESUME));
      return ExitStatus.FINE;
    }
  }
}
