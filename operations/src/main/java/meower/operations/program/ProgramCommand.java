package meower.operations.program;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import meower.operations.connection.ExitStatus;
import meower.operations.connection.ServersCommand;
import meower.operations.connection.ServiceRequest;
import meower.schema.audit.AuditRequests;
import meower.schema.presence.PresenceRequests;
import meower.schema.presence.StatusUrl;
import meower.schema.program.IssuedSecret;
import meower.schema.program.NewProgram;
import meower.schema.program.NewSecret;
import meower.schema.program.ProgramList;
import meower.schema.program.ProgramRequests;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./meower program}: adds programs, changes their secrets, and removes them. */
@Command(
    name = "program",
    description = "programs that take part: add, give another secret, remove, list",
    subcommands = {
      ProgramCommand.Add.class,
      ProgramCommand.Rotate.class,
      ProgramCommand.Remove.class,
      ProgramCommand.ListPrograms.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class ProgramCommand {

  private static final String PRESENCE = "presence";
  private static final String NAME = "1 to 60 of a-z, 0-9 and -";

  private ProgramCommand() {}

  /** What the four have in common. */
  abstract static class Work extends ServersCommand {

    @Override
    public final Integer call() throws Exception {
      return run(ServiceRequest.toCommand(servers()));
    }

    abstract int run(ServiceRequest service) throws Exception;

    /** The token alone on its line, for scripts; what else there is to say goes beside it. */
    final void tell(IssuedSecret issued) {
      @Nullable String token = issued.token();
      if (token == null) {
        say("The program " + issued.program() + " is known by its password now.");
        return;
      }
      remark("The token of the program " + issued.program() + ", which nobody can tell again:");
      say(token);
    }
  }

  /** Prints a token, once. */
  @Command(
      name = "add",
      description = "add a program; prints its token, once",
      mixinStandardHelpOptions = true)
  static final class Add extends Work {

    @Parameters(paramLabel = "NAME", description = NAME)
    private String name = "";

    @Option(
        names = "--may",
        paramLabel = "SCOPE",
        split = ",",
        description = "what it may do: post, queues, presence, read (all of them)")
    private List<String> scopes = new ArrayList<>(List.of("post", "queues", "presence", "read"));

    @Option(
        names = "--status-url",
        paramLabel = "URL",
        description =
            "where to look up whether an object is here, with {id} for its id; the program may"
                + " report objects then (scope presence)")
    private @Nullable String statusUrl;

    @Mixin private Secret secret = new Secret();

    /** What cannot be looked up is refused before there is a program. */
    @Override
    int run(ServiceRequest service) throws Exception {
      ServiceRequest presence = ServiceRequest.toProgram(servers());
      Set<String> may = new LinkedHashSet<>(scopes);
      if (statusUrl != null) {
        may.add(PRESENCE);
        presence.ask(PresenceRequests.CHECK, AuditRequests.encode(new StatusUrl(name, statusUrl)));
      }
      NewProgram request = new NewProgram(name, may, secret.password(), secret.isWeak());
      IssuedSecret issued =
          ProgramRequests.decode(
              service.ask(ProgramRequests.ADD, ProgramRequests.encode(request)),
              IssuedSecret.class);
      tell(issued);
      if (statusUrl != null) {
        presence.ask(PresenceRequests.DEFINE, AuditRequests.encode(new StatusUrl(name, statusUrl)));
        remark("Its objects are looked up at " + statusUrl + ".");
      }
      return ExitStatus.FINE;
    }
  }

  /** Prints a token, once. */
  @Command(
      name = "rotate",
      description = "give a program another secret; its sockets come back and say it",
      mixinStandardHelpOptions = true)
  static final class Rotate extends Work {

    @Parameters(paramLabel = "NAME", description = NAME)
    private String name = "";

    @Option(
        names = "--keep",
        paramLabel = "TIME",
        converter = Keep.class,
        description = "for how long the old secret is still good, like 24h (0s)")
    private Duration keep = Duration.ZERO;

    @Mixin private Secret secret = new Secret();

    @Override
    int run(ServiceRequest service) throws Exception {
      NewSecret request = new NewSecret(name, secret.password(), secret.isWeak(), keep.toSeconds());
      tell(
          ProgramRequests.decode(
              service.ask(ProgramRequests.ROTATE, ProgramRequests.encode(request)),
              IssuedSecret.class));
      return ExitStatus.FINE;
    }
  }

  /** Ends now. */
  @Command(
      name = "remove",
      description = "end a program: its secrets are worth nothing and its sockets close, at once",
      mixinStandardHelpOptions = true)
  static final class Remove extends Work {

    @Parameters(paramLabel = "NAME", description = NAME)
    private String name = "";

    @Override
    int run(ServiceRequest service) throws Exception {
      service.ask(ProgramRequests.REMOVE, name);
      say("The program " + name + " is removed.");
      return ExitStatus.FINE;
    }
  }

  /** One line for each. */
  @Command(
      name = "list",
      description = "one line for each program: name, what it may do, secrets, last use",
      mixinStandardHelpOptions = true)
  static final class ListPrograms extends Work {

    @Override
    int run(ServiceRequest service) throws Exception {
      ProgramList list =
          ProgramRequests.decode(service.ask(ProgramRequests.LIST, ""), ProgramList.class);
      if (list.programs().isEmpty()) {
        say("There is no program. Add one: ./meower program add NAME");
      }
      list.programs().forEach(program -> say(line(program)));
      return ExitStatus.FINE;
    }

    private static String line(ProgramList.Entry program) {
      return "%-20s  %-28s  %d secret%s  added %s  %s"
          .formatted(
              program.name(),
              String.join(",", program.scopes().stream().sorted().toList()),
              program.secrets(),
              program.secrets() == 1 ? " " : "s",
              minute(program.createdAt()),
              used(program.lastUsedAt()));
    }

    private static String used(@Nullable Instant at) {
      return at == null ? "never used" : "used " + minute(at);
    }

    private static String minute(Instant at) {
      return at.truncatedTo(ChronoUnit.MINUTES).toString();
    }
  }
}
