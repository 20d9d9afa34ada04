package meower.operations.audit;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import meower.operations.connection.OperationFailedException;
import meower.operations.connection.Servers;
import meower.stream.Streams;
import org.jspecify.annotations.Nullable;

/** One audit from beginning to end: waits until things stand still, compares, reports. */
final class AuditRun {

  private final Servers servers;
  private final StreamView stream;
  private final IndexView index;
  private final Patience patience;
  private final PrintWriter out;
  private final Findings findings;
  private String epoch = "";

  AuditRun(
      Servers servers, StreamView stream, IndexView index, Patience patience, PrintWriter out) {
    this.servers = servers;
    this.stream = stream;
    this.index = index;
    this.patience = patience;
    this.out = out;
    this.findings = new Findings(out);
  }

  /** Returns the epoch that was audited. */
  String epoch() {
    return epoch;
  }

  /**
   * Audits.
   *
   * @param repairs mends what is found, if it is given
   * @param formerEpoch the epoch of a stream that has to be made anew first, else empty
   * @return whether nothing differs
   */
  boolean run(@Nullable Repairs repairs, String formerEpoch) throws Exception {
    Optional<String> obstacle = patience.await(() -> streamObstacle(formerEpoch));
    try (Connection connection = servers.postgres()) {
      Ledger ledger = new Ledger(connection);
      epoch = ledger.epoch();
      long started = System.nanoTime();
      out.printf(
          "auditing %,d events of %,d meows, published up to %s-%d, %,d in the outbox%n",
          ledger.events(), ledger.meows(), epoch, ledger.last(), ledger.outbox());
      out.flush();
      auditPostgres(ledger, repairs);
      int ranges = auditCopies(ledger, obstacle, repairs);
      double seconds = (System.nanoTime() - started) / 1e9;
      out.printf(
          "%s; %,d ranges in %.1f s, %,.0f events/s%n",
          findings, ranges, seconds, ledger.last() / seconds);
      out.flush();
    }
    return findings.isClean();
  }

  private void auditPostgres(Ledger ledger, @Nullable Repairs repairs) throws Exception {
    ledger.findInconsistencies(inconsistency -> {
      findings.add(inconsistency);
      if (repairs != null) {
        repairs.mendPostgres(inconsistency, ledger.number());
      }
    });
  }

  private int auditCopies(Ledger ledger, Optional<String> obstacle, @Nullable Repairs repairs)
      throws Exception {
    List<Audit.Subject> subjects = new ArrayList<>();
    Optional<StreamInfo> now = stream.find();
    boolean readable = now.filter(s -> Streams.epoch(s).equals(epoch)).isPresent();
    obstacle.ifPresent(what -> findings.add(Difference.behind("stream", what)));
    if (!readable && obstacle.isEmpty()) {
      throw anew();
    }
    Optional<String> read = indexToAudit(ledger);
    read.ifPresent(name -> subjects.add(indexSubject(ledger, name)));
    try (StreamCopy copy = readable ? new StreamCopy(stream.connection()) : null) {
      if (copy != null) {
        subjects.add(new Audit.Subject("stream", copy, Life::messages, ledger.last(), Set.of()));
      }
      int ranges = compare(ledger, subjects, read.orElse(""), repairs);
      if (copy != null) {
        auditNewcomers(ledger, copy, repairs);
      }
      checkEpoch(readable);
      return ranges;
    }
  }

  private int compare(
      Ledger ledger, List<Audit.Subject> subjects, String indexName, @Nullable Repairs repairs)
      throws Exception {
    try (Connection postgres = servers.postgres();
        Audit audit = new Audit(ledger, new Present(postgres), subjects)) {
      Present present = new Present(postgres);
      Audit.Listener listener =
          (where, differences, parked) -> {
            present.withoutDeletedTexts(differences).forEach(findings::add);
            parked.forEach(findings::addParked);
            mend(where, differences, indexName, ledger, repairs);
          };
      int ranges = audit.run(listener);
      if (!indexName.isEmpty()) {
        listener.on("index", outside(indexName), List.of());
      }
      return ranges;
    }
  }

  private void auditNewcomers(Ledger ledger, StreamCopy copy, @Nullable Repairs repairs)
      throws Exception {
    try (Connection postgres = servers.postgres()) {
      Present present = new Present(postgres);
      List<Found> newcomers = copy.next(Audit.firstAfter(ledger.last()));
      while (!newcomers.isEmpty()) {
        List<Difference> differences = Newcomers.unexpected(postgres, ledger.number(), newcomers);
        present.withoutDeletedTexts(differences).forEach(findings::add);
        mend("stream", differences, "", ledger, repairs);
        newcomers = copy.next(Audit.firstAfter(newcomers.getLast().place()));
      }
    }
  }

  private static void mend(
      String where,
      List<Difference> differences,
      String indexName,
      Ledger ledger,
      @Nullable Repairs repairs)
      throws Exception {
    if (repairs != null && where.equals("stream")) {
      repairs.mendStream(differences, ledger.number());
    } else if (repairs != null) {
      repairs.mendIndex(differences, indexName);
    }
  }

  /** Documents at no place of the stream, also not at one that has come meanwhile. */
  private List<Difference> outside(String indexName) throws Exception {
    IndexCopy copy = new IndexCopy(index.client(), indexName);
    long last = stream.find().map(s -> s.getStreamState().getLastSequence()).orElse(0L);
    List<Found> found = copy.outside(last);
    long later = stream.find().map(s -> s.getStreamState().getLastSequence()).orElse(0L);
    Range come = new Range(last, Math.max(last, later));
    return Comparison.of(
        "index", List.of(), found.stream().filter(f -> !come.contains(f.place())).toList());
  }

  private Optional<String> indexToAudit(Ledger ledger) throws Exception {
    Optional<String> obstacle = patience.await(() -> indexObstacle(ledger));
    obstacle.ifPresent(what -> findings.add(Difference.behind("index", what)));
    return index
        .find()
        .filter(name -> IndexView.epochOf(name).equals(epoch) && IndexView.hasRevisions(name));
  }

  private Audit.Subject indexSubject(Ledger ledger, String name) {
    try {
      long to = Math.min(ledger.last(), stream.indexedTo(name));
      return new Audit.Subject(
          "index",
          new IndexCopy(index.client(), name),
          (life, range) -> life.document(range, to),
          to,
          stream.parked(epoch));
    } catch (IOException | JetStreamApiException e) {
      throw new OperationFailedException("NATS does not answer. Wait until it is back", e);
    }
  }

  private void checkEpoch(boolean readable) throws Exception {
    if (readable && stream.find().filter(s -> Streams.epoch(s).equals(epoch)).isEmpty()) {
      throw anew();
    }
  }

  private static OperationFailedException anew() {
    return new OperationFailedException("The stream was made anew meanwhile. Audit again");
  }

  /** What has to happen before ledger and stream can be compared. */
  private Optional<String> streamObstacle(String formerEpoch) throws Exception {
    try (Connection connection = servers.postgres()) {
      Ledger ledger = new Ledger(connection);
      return stream
          .find()
          .map(found -> streamObstacle(ledger, found, formerEpoch))
          .orElse(Optional.of("there is none; the command-service has to make it"));
    }
  }

  private static Optional<String> streamObstacle(
      Ledger ledger, StreamInfo found, String formerEpoch) {
    long end = found.getStreamState().getLastSequence();
    if (Streams.isRefilling(found) || !ledger.isComplete()) {
      return Optional.of("the command-service is filling it, up to " + end);
    }
    if (!Streams.epoch(found).equals(ledger.epoch()) || ledger.epoch().equals(formerEpoch)) {
      return Optional.of("the command-service has to make it anew");
    }
    return end < ledger.last()
        ? Optional.of("it ends at %,d instead of %,d".formatted(end, ledger.last()))
        : Optional.empty();
  }

  private Optional<String> indexObstacle(Ledger ledger) throws Exception {
    Optional<String> read = index.find();
    if (read.isEmpty()) {
      return Optional.of("there is none; the query-service has to make it");
    }
    if (!IndexView.epochOf(read.get()).equals(epoch)) {
      return Optional.of(
          "%s is not of epoch %s, %,d documents in all"
              .formatted(read.get(), epoch, index.countAll()));
    }
    if (!IndexView.hasRevisions(read.get())) {
      return Optional.of(
          "%s is from before edits and deletions, %,d documents in all"
              .formatted(read.get(), index.countAll()));
    }
    long to = stream.indexedTo(read.get());
    return to < ledger.last()
        ? Optional.of("it is filled up to %,d of %,d".formatted(to, ledger.last()))
        : Optional.empty();
  }
}
