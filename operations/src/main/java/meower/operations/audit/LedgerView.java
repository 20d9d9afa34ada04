package meower.operations.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import meower.operations.connection.ServiceRequest;
import meower.schema.MalformedEventException;
import meower.schema.MeowEvent;
import meower.schema.MeowEventJson;
import meower.schema.MeowId;
import meower.schema.audit.AuditRequests;
import meower.schema.audit.LedgerChecksum;
import meower.schema.audit.LedgerContradictions;
import meower.schema.audit.LedgerEntries;
import meower.schema.audit.LedgerEntry;
import meower.schema.audit.LedgerEpoch;
import meower.schema.audit.LedgerMeows;
import meower.schema.audit.LedgerRange;
import meower.schema.audit.LedgerStatus;
import org.jspecify.annotations.Nullable;

/**
 * What Postgres says, as the command service tells it: each answer is true at a moment of its own.
 */
final class LedgerView {

  private final ServiceRequest service;
  private final int epoch;

  private LedgerView(ServiceRequest service, int epoch) {
    this.service = service;
    this.epoch = epoch;
  }

  /** Returns what the ledger says of an epoch. */
  static LedgerView of(LedgerEpoch epoch, ServiceRequest service) {
    return new LedgerView(service, epoch.number());
  }

  /** Returns the present epoch. */
  static LedgerEpoch epoch(ServiceRequest service) throws Exception {
    return service.ask(AuditRequests.LEDGER_EPOCH, LedgerEpoch.class);
  }

  /** Counts everything. */
  static LedgerStatus status(ServiceRequest service) throws Exception {
    return service.ask(AuditRequests.LEDGER_STATUS, LedgerStatus.class);
  }

  /** Returns under which number the ledger has the epoch. */
  int number() {
    return epoch;
  }

  LedgerChecksum checksum(Range range) throws Exception {
    return service.ask(
        AuditRequests.LEDGER_CHECKSUM,
        new LedgerRange(epoch, range.after(), range.to(), false),
        LedgerChecksum.class);
  }

  /**
   * Returns all that happened to the meows with an event in a range.
   *
   * @param changed only to those that were not left as they were posted
   */
  List<Life> lives(Range range, boolean changed) throws Exception {
    SequencedMap<String, Life> lives = new LinkedHashMap<>();
    LedgerRange rest = new LedgerRange(epoch, range.after(), range.to(), changed);
    while (rest.after() < rest.to()) {
      LedgerEntries part = service.ask(AuditRequests.LEDGER_ENTRIES, rest, LedgerEntries.class);
      lives.putAll(lives(part.entries()));
      rest = rest.behind(part.upTo());
    }
    return List.copyOf(lives.values());
  }

  /** Returns all that happened to certain meows; nothing of one that there is not. */
  Map<String, Life> lives(Collection<String> ids) throws Exception {
    Map<String, Life> lives = new LinkedHashMap<>();
    List<String> rest = ids.stream().distinct().toList();
    while (!rest.isEmpty()) {
      List<String> named = rest.subList(0, Math.min(rest.size(), AuditRequests.MOST_NAMED));
      LedgerEntries part =
          service.ask(
              AuditRequests.LEDGER_MEOWS, new LedgerMeows(epoch, named), LedgerEntries.class);
      lives.putAll(lives(part.entries()));
      rest = rest.subList(Math.toIntExact(part.upTo()), rest.size());
    }
    return lives;
  }

  /**
   * Returns the first events behind one that contradict something else.
   *
   * @param after a {@code seq}, as is what the answer says of how far it reaches
   */
  LedgerContradictions contradictions(long after, long to) throws Exception {
    return service.ask(
        AuditRequests.LEDGER_CONTRADICTIONS,
        new LedgerRange(epoch, after, to, false),
        LedgerContradictions.class);
  }

  private static Map<String, Life> lives(List<LedgerEntry> entries) throws MalformedEventException {
    Map<String, List<Life.Happening>> happenings = new LinkedHashMap<>();
    for (LedgerEntry entry : entries) {
      happenings
          .computeIfAbsent(entry.id(), _ -> new ArrayList<>())
          .add(
              new Life.Happening(
                  entry.revision(),
                  event(entry),
                  entry.sequence() == 0 ? OptionalLong.empty() : OptionalLong.of(entry.sequence()),
                  entry.erasure()));
    }
    Map<String, Life> lives = new LinkedHashMap<>();
    happenings.forEach((id, of) -> lives.put(id, new Life(new MeowId(id), of)));
    return lives;
  }

  private static @Nullable MeowEvent event(LedgerEntry entry) throws MalformedEventException {
    String subject = entry.subject();
    String event = entry.event();
    return subject == null || event == null
        ? null
        : MeowEventJson.decode(subject, event.getBytes(StandardCharsets.UTF_8));
  }
}
