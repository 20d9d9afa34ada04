package meower.operations.index;

import java.time.Duration;
import java.util.concurrent.Callable;
import meower.operations.connection.ExitStatus;
import meower.operations.connection.OperationFailedException;
import meower.operations.connection.Servers;
import meower.operations.connection.ServiceRequest;
import meower.operations.connection.Terminal;
import meower.query.model.IndexRequests;
import meower.query.model.IndexStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./meower rebuild-index}: fills a new index while the old one serves, and watches it. */
@Command(
    name = "rebuild-index",
    description = {
      "fill a new index from the stream while the old one serves",
      "The query-service does the work. Ctrl+C ends only the watching; to go on watching, type it"
          + " again."
    },
    mixinStandardHelpOptions = true)
public final class RebuildIndexCommand implements Callable<Integer> {

  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  /** So long an instance may take to come back, before the watching ends. */
  private static final int MAX_FAILURES = 30;

  @Mixin private Servers servers = new Servers();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--status", description = "only say how far it is")
  private boolean statusOnly;

  @Override
  public Integer call() throws Exception {
    ServiceRequest request = ServiceRequest.toQuery(servers);
    if (statusOnly) {
      IndexStatus status = IndexStatus.decode(request.ask(IndexRequests.STATUS, ""));
      say(inWords(status, 0));
      return exitStatus(status);
    }
    return watch(request, IndexStatus.decode(request.ask(IndexRequests.REBUILD, "")));
  }

  private int watch(ServiceRequest request, IndexStatus begun) throws Exception {
    IndexStatus status = begun;
    long former = status.filled();
    while (status.state() != IndexStatus.State.READ
        && status.state() != IndexStatus.State.REFUSED) {
      say(inWords(status, Math.max(0, status.filled() - former) / POLL_INTERVAL.toSeconds()));
      former = status.filled();
      Thread.sleep(POLL_INTERVAL);
      status = statusAfterOutages(request);
    }
    say(inWords(status, 0));
    return exitStatus(status);
  }

  private static IndexStatus statusAfterOutages(ServiceRequest request) throws Exception {
    for (int failures = 1; ; failures++) {
      try {
        return IndexStatus.decode(request.ask(IndexRequests.STATUS, ""));
      } catch (OperationFailedException e) {
        if (failures == MAX_FAILURES) {
          throw e;
        }
        Thread.sleep(POLL_INTERVAL);
      }
    }
  }

  private static int exitStatus(IndexStatus status) {
    return status.state() == IndexStatus.State.REFUSED ? ExitStatus.FOUND : ExitStatus.FINE;
  }

  private static String inWords(IndexStatus status, long rate) {
    return switch (status.state()) {
      case READ -> "%s is read. %,d meows.".formatted(status.target(), status.last());
      case FILLING -> "%s: %s".formatted(status.target(), progress(status, rate));
      case WAITING ->
          "%s: %s; the stream is being refilled, until then %s is read"
              .formatted(status.target(), progress(status, rate), status.read());
      case REFUSED ->
          "%s lacks meows, so %s is still read. The log of the query-service names them; to try"
                  .formatted(status.target(), status.read())
              + " again, type ./meower rebuild-index.";
    };
  }

  private static String progress(IndexStatus status, long rate) {
    return "%,d of %,d, %,d remaining, %,d meows/s"
        .formatted(
            status.filled(), status.last(), Math.max(0, status.last() - status.filled()), rate);
  }

  private void say(String line) {
    new Terminal(spec).say(line);
  }
}
