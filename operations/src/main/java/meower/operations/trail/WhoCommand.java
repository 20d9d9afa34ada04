package meower.operations.trail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import meower.operations.connection.ExitStatus;
import meower.operations.connection.OperationFailedException;
import meower.operations.connection.ServersCommand;
import meower.operations.connection.ServiceRequest;
import meower.schema.trail.TrailPage;
import meower.schema.trail.TrailQuery;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./meower who}: says from whom a meow came, or what came from a client. */
@Command(
    name = "who",
    description = {
      "say from whom a meow came, also when it is deleted; or what came from a client",
      "The command-service keeps that for some days: meower.trail.days.",
      "Exit status: 0 it is said, 1 nothing is known, 2 it could not be found out."
    },
    mixinStandardHelpOptions = true)
public final class WhoCommand extends ServersCommand {

  private static final String FORM = "%-30s  %-8s  %-39s  %-32s  %s";

  @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "the id of a meow")
  private @Nullable String meow;

  @Option(
      names = "--client",
      paramLabel = "ADDRESS",
      description = "an IP address, or an IPv6 network of 64 bits")
  private @Nullable String client;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "100",
      description = "of a client, the latest N events (${DEFAULT-VALUE})")
  private int most;

  @Option(
      names = "--ids",
      description =
          "say the ids of meows only that came from the client and are there, for remove -")
  private boolean ids;

  @Override
  public Integer call() throws Exception {
    if ((meow == null) == (client == null)) {
      throw new OperationFailedException("Name the id of a meow, or --client ADDRESS.");
    }
    return meow != null ? ofMeow(meow) : ofClient(Objects.requireNonNull(client));
  }

  private int ofMeow(String id) throws Exception {
    TrailPage page = ask(TrailQuery.ofMeow(id));
    if (page.entries().isEmpty()) {
      remark(page.known() ? unknown(page) : "There is no such meow.");
      return ExitStatus.FOUND;
    }
    say(FORM.formatted("moment", "kind", "client", "request id", "program, operator"));
    page.entries().forEach(entry -> say(line(entry)));
    return ExitStatus.FINE;
  }

  private int ofClient(String address) throws Exception {
    List<TrailPage.Entry> entries = new ArrayList<>();
    TrailPage page = ask(TrailQuery.ofClient(address, null));
    entries.addAll(page.entries());
    while (!page.whole() && entries.size() < most) {
      page = ask(TrailQuery.ofClient(address, entries.getLast()));
      entries.addAll(page.entries());
    }
    if (entries.isEmpty()) {
      remark(unknown(page));
      return ExitStatus.FOUND;
    }
    List<TrailPage.Entry> latest = entries.subList(0, Math.min(most, entries.size()));
    if (ids) {
      latest.stream()
          .filter(entry -> entry.kind() == TrailPage.Kind.CREATED && !entry.deleted())
          .forEach(entry -> say(entry.meow()));
    } else {
      say(FORM.formatted("moment", "kind", "meow", "request id", "program"));
      latest.forEach(entry -> say(lineOfClient(entry)));
      remark("%,d events of %s".formatted(latest.size(), page.client()));
    }
    return ExitStatus.FINE;
  }

  private TrailPage ask(TrailQuery query) throws Exception {
    return ServiceRequest.toCommand(servers()).ask(TrailQuery.SUBJECT, query, TrailPage.class);
  }

  private static String unknown(TrailPage page) {
    return page.days() == 0
        ? "Nothing is kept: meower.trail.days is 0."
        : "Nothing is known: it was more than %d days ago, or before Meower wrote it down."
            .formatted(page.days());
  }

  private static String line(TrailPage.Entry entry) {
    return FORM.formatted(
        entry.at(),
        kind(entry),
        known(entry.client()),
        known(entry.requestId()),
        entry.operator() == null ? known(entry.program()) : "operator " + entry.operator());
  }

  private static String lineOfClient(TrailPage.Entry entry) {
    return FORM.formatted(
        entry.at(),
        kind(entry),
        entry.deleted() ? entry.meow() + " (deleted)" : entry.meow(),
        known(entry.requestId()),
        known(entry.program()));
  }

  private static String kind(TrailPage.Entry entry) {
    return entry.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String known(@Nullable String value) {
    return Objects.requireNonNullElse(value, "-");
  }
}
