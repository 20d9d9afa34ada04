package meower.operations.audit;

import io.nats.client.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import meower.operations.connection.ExitStatus;
import meower.operations.connection.OperationFailedException;
import meower.operations.connection.Servers;
import meower.operations.connection.ServiceRequest;
import meower.operations.connection.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./meower audit}: proves that Postgres, stream and index agree. */
@Command(
    name = "audit",
    description = {
      "compare everything that happened to meows in Postgres with the stream and the index",
      "The command-service and the query-service say what they hold, and mend it.",
      "Exit status: 0 they agree, 1 they differ, 2 it could not be found out."
    },
    mixinStandardHelpOptions = true)
public final class AuditCommand implements Callable<Integer> {

  @Mixin private final Servers servers;
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--repair", description = "have mended what differs; Postgres is right")
  private boolean repair;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "how long to wait for services that do not get on (${DEFAULT-VALUE})")
  private int wait;

  /** Audits the stack that the command line or the environment names. */
  public AuditCommand() {
    this(new Servers());
  }

  /** For tests: audits these servers. */
  public AuditCommand(Servers servers) {
    this.servers = servers;
  }

  @Override
  public Integer call() throws Exception {
    return servers.withNats(nats -> {
      try {
        return audit(nats);
      } catch (IOException e) {
        throw new OperationFailedException(
            "NATS does not answer. Start it, or wait until it is back", e);
      }
    });
  }

  private int audit(Connection nats) throws Exception {
    Terminal out = new Terminal(spec);
    ServiceRequest command = ServiceRequest.toCommand(nats);
    ServiceRequest query = ServiceRequest.toQuery(nats);
    Repairs repairs = new Repairs(command, query);
    StallTimeout stallTimeout = new StallTimeout(Duration.ofSeconds(wait));
    AuditRun first = new AuditRun(command, query, new StreamView(nats), stallTimeout, out);
    boolean clean = first.run(repair ? repairs : null, "");
    if (!clean && repair) {
      out.say("mended what can be mended here; auditing again");
      AuditRun second = new AuditRun(command, query, new StreamView(nats), stallTimeout, out);
      clean = second.run(null, repairs.haveChangedStream() ? first.epoch() : "");
    }
    return clean ? ExitStatus.FINE : ExitStatus.FOUND;
  }
}
