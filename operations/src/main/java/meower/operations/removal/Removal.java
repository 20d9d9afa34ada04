package meower.operations.removal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import meower.operations.connection.ExitStatus;
import meower.operations.connection.ServiceRequest;
import meower.schema.MeowId;
import meower.schema.RemovalRequest;
import meower.schema.RemovalResult;

/** Has meows removed as their ids come, as many at once as a request takes, and counts. */
final class Removal {

  private final ServiceRequest service;
  private final String operator;
  private final String reason;
  private final boolean dryRun;
  private final Consumer<String> out;
  private final Set<String> waiting = new LinkedHashSet<>();
  private long removed;
  private long before;
  private long unknown;

  /**
   * @param service the command service
   * @param dryRun only counts what would be removed
   * @param out takes lines for the operator
   */
  Removal(
      ServiceRequest service,
      String operator,
      String reason,
      boolean dryRun,
      Consumer<String> out) {
    this.service = service;
    this.operator = operator;
    this.reason = reason;
    this.dryRun = dryRun;
    this.out = out;
  }

  void add(String id) throws Exception {
    if (!MeowId.isKsuid(id)) {
      addUnknown(id);
    } else if (waiting.add(id) && waiting.size() == RemovalRequest.MOST) {
      ask();
      out.accept(toString());
    }
  }

  /**
   * Ends it.
   *
   * @return the exit status
   */
  int finish() throws Exception {
    if (!waiting.isEmpty()) {
      ask();
    }
    out.accept(toString());
    return unknown == 0 ? ExitStatus.FINE : ExitStatus.FOUND;
  }

  @Override
  public String toString() {
    return "%,d %s, %,d deleted before, %,d unknown"
        .formatted(removed, dryRun ? "to be removed" : "removed", before, unknown);
  }

  private void ask() throws Exception {
    RemovalRequest request = new RemovalRequest(List.copyOf(waiting), operator, reason);
    RemovalResult result =
        RemovalResult.decode(
            service.ask(dryRun ? RemovalRequest.CHECK : RemovalRequest.SUBJECT, request.encode()));
    waiting.clear();
    removed += result.removed();
    before += result.before();
    result.unknown().forEach(this::addUnknown);
  }

  private void addUnknown(String id) {
    unknown++;
    out.accept("unknown: " + Beginning.of(id));
  }
}
