package meower.operations.removal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import meower.operations.connection.ExitStatus;
import meower.operations.connection.OperationFailedException;
import meower.operations.connection.Servers;
import meower.operations.connection.ServiceRequest;
import meower.operations.connection.Terminal;
import meower.query.model.FindResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./meower remove}: takes meows back for ever, by their ids or all that a search finds. */
@Command(
    name = "remove",
    description = {
      "delete meows for ever, by their ids or everything that a search finds",
      "The command-service does the work and logs who removed which meow when and why. To go on"
          + " after Ctrl+C, type it again: what is deleted already stays so.",
      "Exit status: 0 they are deleted, 1 there is no meow of an id, or nothing was to be deleted"
          + " after all, 2 it could not be done."
    },
    mixinStandardHelpOptions = true)
public final class RemoveCommand implements Callable<Integer> {

  private static final String STANDARD_INPUT = "-";
  private static final String YES = "yes";

  @Mixin private Servers servers = new Servers();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "ID",
      description = "ids of meows; " + STANDARD_INPUT + " reads them from the input, one a line")
  private List<String> ids = new ArrayList<>();

  @Option(
      names = "--matching",
      paramLabel = "QUERY",
      description =
          "everything that the search finds for it, also with typing errors; \"in quotes\" exactly."
              + " First it is shown, then it is to be confirmed")
  private @Nullable String query;

  @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the log")
  private String reason = "";

  @Option(names = "--dry-run", description = "only say what would be removed")
  private boolean dryRun;

  @Option(names = "--yes", description = "do not ask before removing what --matching finds")
  private boolean confirmed;

  @Override
  public Integer call() throws Exception {
    if (ids.isEmpty() == (query == null)) {
      throw new OperationFailedException("Name ids, or --matching QUERY, and not both.");
    }
    Removal removal =
        new Removal(ServiceRequest.toCommand(servers), operator(), reason, dryRun, this::say);
    return query == null ? removeIds(removal) : removeMatching(query, removal);
  }

  private int removeIds(Removal removal) throws Exception {
    for (String id : ids) {
      if (id.equals(STANDARD_INPUT)) {
        removeRead(removal);
      } else {
        removal.add(id);
      }
    }
    return removal.finish();
  }

  private void removeRead(Removal removal) throws Exception {
    BufferedReader input = input();
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      if (!line.isBlank()) {
        removal.add(line.strip());
      }
    }
  }

  /** Removes what was shown and nothing that came later. */
  private int removeMatching(String what, Removal removal) throws Exception {
    List<String> found = new ArrayList<>();
    new Matches(ServiceRequest.toQuery(servers), what)
        .forEach(match -> {
          say(line(match));
          found.add(match.id());
        });
    say(found.size() == 1 ? "1 meow" : "%,d meows".formatted(found.size()));
    if (found.isEmpty() || dryRun) {
      return ExitStatus.FINE;
    }
    if (!confirmed && !isConfirmed(found.size())) {
      say("Nothing was removed.");
      return ExitStatus.FOUND;
    }
    for (String id : found) {
      removal.add(id);
    }
    return removal.finish();
  }

  private boolean isConfirmed(int count) throws IOException {
    new Terminal(spec)
        .ask("To remove %s for ever, type %s: ".formatted(count == 1 ? "it" : "them", YES));
    String answer = input().readLine();
    return answer != null && answer.strip().equals(YES);
  }

  private static String line(FindResult.Match match) {
    return match.id() + "  " + match.createdAt() + "  " + Beginning.of(match.body());
  }

  /** In a container the user has no name of its own. */
  private static String operator() {
    String told = System.getenv().getOrDefault("MEOWER_OPERATOR", "");
    return told.isBlank() ? System.getProperty("user.name", "") : told;
  }

  private static BufferedReader input() {
    return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  }

  private void say(String line) {
    new Terminal(spec).say(line);
  }
}
