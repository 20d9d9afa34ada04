package meower.operations.audit;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import meower.operations.audit.Difference.Where;
import meower.operations.connection.OperationFailedException;
import meower.operations.connection.ServiceRequest;
import meower.operations.connection.Terminal;
import meower.query.model.audit.IndexAuditRequests;
import meower.query.model.audit.IndexSummary;
import meower.schema.EventKey;
import meower.schema.audit.LedgerContradictions;
import meower.schema.audit.LedgerContradictions.Contradiction;
import meower.schema.audit.LedgerEpoch;
import meower.schema.audit.LedgerStatus;
import meower.stream.Streams;
import org.jspecify.annotations.Nullable;

/** One audit from beginning to end: waits until things stand still, compares, reports. */
final class AuditRun {

  private final ServiceRequest command;
  private final ServiceRequest query;
  private final StreamView stream;
  private final StallTimeout stallTimeout;
  private final Terminal out;
  private final Findings findings;
  private LedgerEpoch epoch = new LedgerEpoch(0, "", false, 0);

  AuditRun(
      ServiceRequest command,
      ServiceRequest query,
      StreamView stream,
      StallTimeout stallTimeout,
      Terminal out) {
    this.command = command;
    this.query = query;
    this.stream = stream;
    this.stallTimeout = stallTimeout;
    this.out = out;
    this.findings = new Findings(out);
  }

  /** Returns the epoch that was audited. */
  String epoch() {
    return epoch.name();
  }

  /**
   * Audits.
   *
   * @param repairs has mended what is found, if it is given
   * @param formerEpoch the epoch of a stream that has to be made anew first, else empty
   * @return whether nothing differs
   */
  boolean run(@Nullable Repairs repairs, String formerEpoch) throws Exception {
    Optional<String> obstacle = stallTimeout.await(() -> streamObstacle(formerEpoch));
    LedgerStatus status = LedgerView.status(command);
    epoch = seen(status.epoch());
    LedgerView ledger = LedgerView.of(epoch, command);
    long started = System.nanoTime();
    out.say(
        "auditing %,d events of %,d meows, published up to %s-%d, %,d in the outbox"
            .formatted(
                status.events(), status.meows(), epoch.name(), epoch.last(), status.outbox()));
    auditPostgres(ledger, status.lastEvent(), repairs);
    int ranges = auditCopies(ledger, obstacle, repairs);
    double seconds = (System.nanoTime() - started) / 1e9;
    out.say(
        "%s; %,d ranges in %.1f s, %,.0f events/s"
            .formatted(findings, ranges, seconds, epoch.last() / seconds));
    return findings.isClean();
  }

  private void auditPostgres(LedgerView ledger, long last, @Nullable Repairs repairs)
      throws Exception {
    long after = 0;
    while (after < last) {
      LedgerContradictions part = ledger.contradictions(after, last);
      for (Contradiction one : part.found()) {
        findings.add(new Inconsistency(one));
      }
      if (repairs != null) {
        repairs.mendPostgres(part.found(), ledger.number());
      }
      after = part.upTo();
    }
  }

  private int auditCopies(LedgerView ledger, Optional<String> obstacle, @Nullable Repairs repairs)
      throws Exception {
    boolean readable = isOfEpoch(stream.find());
    obstacle.ifPresent(what -> findings.add(Difference.behind(Where.STREAM, what)));
    if (!readable && obstacle.isEmpty()) {
      throw anew();
    }
    List<Audit.Subject> subjects = new ArrayList<>();
    Optional<IndexSummary> read = indexToAudit();
    if (read.isPresent()) {
      subjects.add(indexSubject(read.get()));
    }
    try (StreamCopy copy = readable ? new StreamCopy(stream.connection()) : null) {
      if (copy != null) {
        subjects.add(new Audit.Subject(Where.STREAM, copy, Life::messages, epoch.last(), Set.of()));
      }
      int ranges = compare(ledger, subjects, read.map(IndexSummary::index).orElse(""), repairs);
      if (copy != null) {
        auditNewcomers(ledger, copy, repairs);
      }
      if (readable && !isOfEpoch(stream.find())) {
        throw anew();
      }
      return ranges;
    }
  }

  private int compare(
      LedgerView ledger, List<Audit.Subject> subjects, String index, @Nullable Repairs repairs)
      throws Exception {
    try (Audit audit = new Audit(ledger, epoch.last(), subjects)) {
      Audit.Listener listener =
          (where, differences, parked) -> {
            parked.forEach(findings::addParked);
            report(where, differences, index, ledger, repairs);
          };
      int ranges = audit.run(listener);
      if (!index.isEmpty()) {
        report(Where.INDEX, withoutDeletedTexts(ledger, outside(index)), index, ledger, repairs);
      }
      return ranges;
    }
  }

  private void report(
      Where where,
      List<Difference> differences,
      String index,
      LedgerView ledger,
      @Nullable Repairs repairs)
      throws Exception {
    differences.forEach(findings::add);
    if (repairs != null && where == Where.STREAM) {
      repairs.mendStream(differences, ledger.number());
    } else if (repairs != null) {
      repairs.mendIndex(differences, index);
    }
  }

  /**
   * Judges messages that came into the stream after what is audited, or that the relay has not
   * recorded yet: each has to be an event of Postgres that is nowhere else in the stream.
   */
  private void auditNewcomers(LedgerView ledger, StreamCopy copy, @Nullable Repairs repairs)
      throws Exception {
    List<Found> newcomers = copy.next(Audit.firstAfter(epoch.last()));
    while (!newcomers.isEmpty()) {
      Map<String, Life> lives =
          ledger.lives(newcomers.stream().filter(f -> f.key() != null).map(Found::id).toList());
      Set<EventKey> known = new HashSet<>();
      List<Found> unknown =
          newcomers.stream().filter(found -> !isKnown(found, lives, known)).toList();
      List<Difference> differences = Comparison.of(Where.STREAM, List.of(), unknown);
      report(Where.STREAM, withoutDeletedTexts(ledger, differences), "", ledger, repairs);
      newcomers = copy.next(Audit.firstAfter(newcomers.getLast().place()));
    }
  }

  /** Of two messages for an event one is too many. */
  private static boolean isKnown(Found found, Map<String, Life> lives, Set<EventKey> known) {
    EventKey key = found.key();
    Life life = lives.get(found.id());
    return key != null && life != null && life.mayHave(key, found.place()) && known.add(key);
  }

  /** The texts of deleted meows are shown to nobody. */
  private static List<Difference> withoutDeletedTexts(
      LedgerView ledger, List<Difference> differences) throws Exception {
    Map<String, Life> lives =
        ledger.lives(differences.stream().map(Difference::id).collect(Collectors.toSet()));
    return differences.stream()
        .map(difference -> {
          Life life = lives.get(difference.id());
          return life != null && life.isDeleted() ? difference.ofDeletedMeow() : difference;
        })
        .toList();
  }

  /** Documents at no place of the stream, also not at one that has come meanwhile. */
  private List<Difference> outside(String index) throws Exception {
    long last = lastSequence();
    List<Found> found = new IndexCopy(query, index).outside(last);
    Range come = new Range(last, Math.max(last, lastSequence()));
    return Comparison.of(
        Where.INDEX, List.of(), found.stream().filter(f -> !come.contains(f.place())).toList());
  }

  private long lastSequence() throws IOException, JetStreamApiException {
    return stream.find().map(s -> s.getStreamState().getLastSequence()).orElse(0L);
  }

  private Optional<IndexSummary> indexToAudit() throws Exception {
    Optional<String> obstacle = stallTimeout.await(() -> indexObstacle(index()));
    obstacle.ifPresent(what -> findings.add(Difference.behind(Where.INDEX, what)));
    return Optional.of(index())
        .filter(read -> read.epoch().equals(epoch.name()) && read.revisions());
  }

  private IndexSummary index() throws Exception {
    return query.ask(IndexAuditRequests.SUMMARY, IndexSummary.class);
  }

  private Audit.Subject indexSubject(IndexSummary read) throws IOException, JetStreamApiException {
    long to = Math.min(epoch.last(), read.filled());
    return new Audit.Subject(
        Where.INDEX,
        new IndexCopy(query, read.index()),
        (life, range) -> life.document(range, to),
        to,
        stream.parked(epoch.name()));
  }

  private boolean isOfEpoch(Optional<StreamInfo> found) {
    return found.filter(s -> Streams.epoch(s).equals(epoch.name())).isPresent();
  }

  private static OperationFailedException anew() {
    return new OperationFailedException("The stream was made anew meanwhile. Audit again");
  }

  private static LedgerEpoch seen(LedgerEpoch epoch) {
    if (epoch.number() == 0) {
      throw new OperationFailedException(
          "The command-service has not seen the stream yet. Start NATS, or wait until it is back.");
    }
    return epoch;
  }

  /** What has to happen before ledger and stream can be compared. */
  private Optional<String> streamObstacle(String formerEpoch) throws Exception {
    LedgerEpoch now = seen(LedgerView.epoch(command));
    return stream
        .find()
        .map(found -> streamObstacle(now, found, formerEpoch))
        .orElse(Optional.of("there is none; the command-service has to make it"));
  }

  private static Optional<String> streamObstacle(
      LedgerEpoch now, StreamInfo found, String formerEpoch) {
    long end = found.getStreamState().getLastSequence();
    if (Streams.isRefilling(found) || !now.complete()) {
      return Optional.of("the command-service is filling it, up to " + end);
    }
    if (!Streams.epoch(found).equals(now.name()) || now.name().equals(formerEpoch)) {
      return Optional.of("the command-service has to make it anew");
    }
    return end < now.last()
        ? Optional.of("it ends at %,d instead of %,d".formatted(end, now.last()))
        : Optional.empty();
  }

  private Optional<String> indexObstacle(IndexSummary read) {
    if (read.index().isEmpty()) {
      return Optional.of("there is none; the query-service has to make it");
    }
    if (!read.epoch().equals(epoch.name())) {
      return Optional.of(
          "%s is not of epoch %s, %,d documents in all"
              .formatted(read.index(), epoch.name(), read.documents()));
    }
    if (!read.revisions()) {
      return Optional.of(
          "%s is from before edits and deletions, %,d documents in all"
              .formatted(read.index(), read.documents()));
    }
    return read.filled() < epoch.last()
        ? Optional.of("it is filled up to %,d of %,d".formatted(read.filled(), epoch.last()))
        : Optional.empty();
  }
}
