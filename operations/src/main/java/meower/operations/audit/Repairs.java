package meower.operations.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import meower.operations.connection.ServiceRequest;
import meower.query.model.audit.IndexAuditRequests;
import meower.query.model.audit.IndexMending;
import meower.schema.audit.AuditRequests;
import meower.schema.audit.LedgerContradictions.Contradiction;
import meower.schema.audit.LedgerContradictions.Problem;
import meower.schema.audit.LedgerMending;

/** Has differences mended by whom they belong to: Postgres is right. */
final class Repairs {

  /** A request that writes has to be done before whoever asks gives up. */
  private static final int MOST_AT_ONCE = 200;

  private final ServiceRequest command;
  private final ServiceRequest query;
  private boolean anew;

  Repairs(ServiceRequest command, ServiceRequest query) {
    this.command = command;
    this.query = query;
  }

  /** Tells whether the relay has to make the stream anew. */
  boolean haveChangedStream() {
    return anew;
  }

  /** In all else Postgres is right in what it says of meows: nobody knows better. */
  void mendPostgres(List<Contradiction> found, int epoch) throws Exception {
    List<Long> lost = events(found, Problem.LOST);
    List<Long> waiting = events(found, Problem.WAITS_ALTHOUGH_PUBLISHED, Problem.WAITS_TWICE);
    if (!lost.isEmpty() || !waiting.isEmpty()) {
      mend(new LedgerMending(epoch, lost, waiting, List.of()));
    }
  }

  /** Deletes what does not belong there. */
  void mendStream(List<Difference> differences, int epoch) throws Exception {
    List<Long> places =
        differences.stream()
            .map(Difference::found)
            .filter(Objects::nonNull)
            .map(Found::place)
            .toList();
    for (List<Long> part : parts(places)) {
      mend(new LedgerMending(epoch, List.of(), List.of(), part));
    }
  }

  void mendIndex(List<Difference> differences, String index) throws Exception {
    for (List<Difference> part : parts(differences)) {
      List<IndexMending.Document> wrong = new ArrayList<>();
      List<IndexMending.Event> events = new ArrayList<>();
      for (Difference difference : part) {
        Entry expected = difference.expected();
        Found found = difference.found();
        if (found != null && (expected == null || !found.handle().equals(expected.id()))) {
          wrong.add(new IndexMending.Document(found.handle(), found.version()));
        }
        if (expected != null) {
          events.add(
              new IndexMending.Event(expected.sequence(), found == null ? 0 : found.version()));
        }
      }
      query.ask(
          IndexAuditRequests.MEND, AuditRequests.encode(new IndexMending(index, wrong, events)));
    }
  }

  private void mend(LedgerMending mending) throws Exception {
    LedgerMending.Result result =
        command.ask(AuditRequests.LEDGER_MEND, mending, LedgerMending.Result.class);
    anew |= result.anew();
  }

  private static List<Long> events(List<Contradiction> found, Problem... problems) {
    return found.stream()
        .filter(one -> Stream.of(problems).anyMatch(one.problem()::equals))
        .map(Contradiction::event)
        .distinct()
        .toList();
  }

  private static <T> List<List<T>> parts(List<T> all) {
    return all.stream().gather(Gatherers.windowFixed(MOST_AT_ONCE)).toList();
  }
}
