package meower.operations.status;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import meower.nats.Lookup;
import meower.nats.NotFound;
import meower.operations.connection.ExitStatus;
import meower.operations.connection.OperationFailedException;
import meower.operations.connection.Servers;
import meower.operations.connection.ServiceRequest;
import meower.operations.connection.Terminal;
import meower.query.model.audit.IndexAuditRequests;
import meower.query.model.audit.IndexSummary;
import meower.schema.DeadLetterStream;
import meower.schema.MeowStream;
import meower.schema.audit.AuditRequests;
import meower.schema.audit.LedgerStatus;
import meower.standalone.stack.Part;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./meower status}: how much is where, at a glance. */
@Command(
    name = "status",
    description = {
      "how many meows and events are in Postgres, in the stream and in the index,",
      "and of ./meower up what was refused within the hour",
      "Exit status: 0 it could be found out, 2 a part of it could not; that part shows a ?."
    },
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {

  private static final Duration LATELY = Duration.ofHours(1);

  @Mixin private Servers servers = new Servers();
  @Spec private CommandSpec spec = CommandSpec.create();
  private final List<String> failures = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    servers.withNats(nats -> {
      Optional<LedgerStatus> postgres =
          ask(() ->
              ServiceRequest.toCommand(nats).ask(AuditRequests.LEDGER_STATUS, LedgerStatus.class));
      print("meows in Postgres", postgres.map(status -> status.meows() - status.deleted()));
      print("deleted meows", postgres.map(LedgerStatus::deleted));
      print("events in Postgres", postgres.map(LedgerStatus::events));
      print("waiting in the outbox", postgres.map(LedgerStatus::outbox));
      print("waiting to be erased", postgres.map(LedgerStatus::erasures));
      print("messages in the stream", Optional.of(messages(nats, MeowStream.NAME)));
      print("of them not by Meower", postgres.map(LedgerStatus::foreign));
      print("dead letters", Optional.of(messages(nats, DeadLetterStream.NAME)));
      Optional<IndexSummary> index =
          ask(() ->
              ServiceRequest.toQuery(nats).ask(IndexAuditRequests.SUMMARY, IndexSummary.class));
      print("meows in the index", index.map(IndexSummary::meows));
      return true;
    });
    servers.dataFolder().ifPresent(this::printRefusals);
    failures.forEach(new Terminal(spec)::fail);
    return failures.isEmpty() ? ExitStatus.FINE : ExitStatus.FAILED;
  }

  private void printRefusals(Path data) {
    Path log = data.resolve(Part.NGINX.label()).resolve("refused.log");
    Refusals refusals = Refusals.read(log, Instant.now().minus(LATELY));
    LocalTime since = LocalTime.ofInstant(refusals.since(), ZoneId.systemDefault());
    print("refused since " + since.truncatedTo(ChronoUnit.SECONDS), Optional.of(refusals.others()));
    long waits = refusals.waits().values().stream().mapToLong(Long::longValue).sum();
    say("told to wait", "~%,d".formatted(waits));
    refusals
        .waits()
        .forEach((limit, count) ->
            say("  " + (limit.isEmpty() ? "by a service" : limit), "~%,d".formatted(count)));
  }

  private void print(String name, Optional<Long> value) {
    say(name, value.map("%,d"::formatted).orElse("?"));
  }

  private void say(String name, String value) {
    new Terminal(spec).say("%-24s %14s".formatted(name, value));
  }

  /** Returns nothing while its owner is away: the others are asked all the same. */
  private <T> Optional<T> ask(Callable<T> question) throws Exception {
    try {
      return Optional.of(question.call());
    } catch (OperationFailedException e) {
      failures.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static long messages(Connection nats, String stream)
      throws IOException, JetStreamApiException {
    return Lookup.find(() -> nats.jetStreamManagement().getStreamInfo(stream), NotFound.STREAM)
        .map(info -> info.getStreamState().getMsgCount())
        .orElse(0L);
  }
}
