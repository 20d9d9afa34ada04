package meower.operations.audit;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.Callable;
import meower.operations.connection.ExitStatus;
import meower.operations.connection.Servers;
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
      "Exit status: 0 they agree, 1 they differ, 2 it could not be found out."
    },
    mixinStandardHelpOptions = true)
public final class AuditCommand implements Callable<Integer> {

  @Mixin private final Servers servers;
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--repair", description = "mend what differs; Postgres is right")
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
    PrintWriter out = spec.commandLine().getOut();
    try (ElasticsearchClient elasticsearch = servers.elasticsearch()) {
      return servers.withNats(
          nats -> audit(new StreamView(nats), new IndexView(elasticsearch), out));
    }
  }

  private int audit(StreamView stream, IndexView index, PrintWriter out) throws Exception {
    try (Connection writes = servers.postgres()) {
      Repairs repairs = new Repairs(writes, stream, index);
      Patience patience = new Patience(Duration.ofSeconds(wait));
      AuditRun first = new AuditRun(servers, stream, index, patience, out);
      boolean clean = first.run(repair ? repairs : null, "");
      if (!clean && repair) {
        out.println("mended what can be mended here; auditing again");
        out.flush();
        AuditRun second = new AuditRun(servers, stream, index, patience, out);
        clean = second.run(null, repairs.haveChangedStream() ? first.epoch() : "");
      }
      return clean ? ExitStatus.FINE : ExitStatus.FOUND;
    } catch (IOException e) {
      throw IndexView.unreachable(e);
    }
  }
}
