package meower.command.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import meower.schema.audit.AuditRequests;
import meower.schema.audit.LedgerChecksum;
import meower.schema.audit.LedgerContradictions;
import meower.schema.audit.LedgerContradictions.Contradiction;
import meower.schema.audit.LedgerContradictions.Problem;
import meower.schema.audit.LedgerEntries;
import meower.schema.audit.LedgerEntry;
import meower.schema.audit.LedgerEpoch;
import meower.schema.audit.LedgerMeows;
import meower.schema.audit.LedgerRange;
import meower.schema.audit.LedgerStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What Postgres says of events and of the ledger, a part at a time, each part as it is at one
 * moment.
 */
final class LedgerReader {

  /** An answer tells of so many meows at most. */
  private static final int MOST_MEOWS = 500;

  /** So many events are looked through for an answer. */
  private static final int MOST_EVENTS = 100_000;

  private static final int MOST_CONTRADICTIONS = 2_000;

  private final JdbcClient jdbc;

  LedgerReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  LedgerEpoch epoch() {
    return jdbc.sql(
            """
            select number, epoch, complete, (
              select coalesce(max(sequence), 0) from publication
              where publication.epoch = stream_epoch.number) as last
            from stream_epoch
            order by number desc
            limit 1
            """)
        .query((row, _) ->
            new LedgerEpoch(
                row.getInt("number"),
                row.getString("epoch"),
                row.getBoolean("complete"),
                row.getLong("last")))
        .optional()
        .orElse(new LedgerEpoch(0, "", false, 0));
  }

  LedgerStatus status() {
    return jdbc.sql(
            """
            with present as (
              select number, epoch, complete from stream_epoch order by number desc limit 1
            )
            select number, epoch, complete,
              (select coalesce(max(sequence), 0) from publication
                where publication.epoch = number) as last,
              (select coalesce(max(seq), 0) from meow_event) as last_event,
              (select count(*) from meow_event) as events,
              (select count(*) from meow_event where revision = 1) as meows,
              (select count(*) from meow_event where kind = 'd') as deleted,
              (select count(*) from outbox) as outbox,
              (select count(*) from publication
                where publication.epoch = number and erasure = 1) as erasures,
              (select count(*) from publication
                where publication.epoch = number and meow_seq is null
                  and erasure <> 2) as messages_of_others
            from (select 1) as always left join present on true
            """)
        .query((row, _) ->
            new LedgerStatus(
                new LedgerEpoch(
                    row.getInt("number"),
                    row.getString("epoch") == null ? "" : row.getString("epoch"),
                    row.getBoolean("complete"),
                    row.getLong("last")),
                row.getLong("last_event"),
                row.getLong("events"),
                row.getLong("meows"),
                row.getLong("deleted"),
                row.getLong("outbox"),
                row.getLong("erasures"),
                row.getLong("messages_of_others")))
        .single();
  }

  LedgerChecksum checksum(LedgerRange range) {
    return ofRange(LedgerSql.CHECKSUM, range)
        .query((row, _) ->
            new LedgerChecksum(
                row.getLong("untouched_count"),
                row.getString("hash"),
                row.getLong("changed_count")))
        .single();
  }

  /** Returns all that happened to the first meows that have an event in the range. */
  LedgerEntries entries(LedgerRange range) {
    Map<Long, String> places = places(range);
    SequencedSet<String> ids =
        places.values().stream().collect(Collectors.toCollection(LinkedHashSet::new));
    Map<String, List<LedgerEntry>> meows = meows(range.epoch(), List.copyOf(ids));
    boolean whole = places.size() < MOST_MEOWS;
    long upTo = range.after();
    Bounded answer = new Bounded();
    for (Map.Entry<Long, String> place : places.entrySet()) {
      if (!answer.add(place.getValue(), meows)) {
        return new LedgerEntries(answer.entries, upTo);
      }
      upTo = place.getKey();
    }
    return new LedgerEntries(answer.entries, whole ? range.to() : upTo);
  }

  /** Returns all that happened to the first ones of some meows, and how many these are. */
  LedgerEntries meows(LedgerMeows wanted) {
    List<String> ids = wanted.ids().stream().limit(MOST_MEOWS).toList();
    Map<String, List<LedgerEntry>> meows = meows(wanted.epoch(), ids);
    Bounded answer = new Bounded();
    int upTo = 0;
    while (upTo < ids.size() && answer.add(ids.get(upTo), meows)) {
      upTo++;
    }
    return new LedgerEntries(answer.entries, upTo);
  }

  /** Returns the first events that contradict something else. */
  LedgerContradictions contradictions(LedgerRange range) {
    long to = Math.min(range.to(), range.after() + MOST_EVENTS);
    List<Contradiction> found =
        ofRange(LedgerSql.CONTRADICTIONS, new LedgerRange(range.epoch(), range.after(), to, false))
            .param("most", MOST_CONTRADICTIONS)
            .query((row, _) ->
                new Contradiction(
                    row.getLong("seq"),
                    row.getString("id"),
                    row.getInt("revision"),
                    Problem.valueOf(row.getString("problem"))))
            .list();
    if (found.size() < MOST_CONTRADICTIONS) {
      return new LedgerContradictions(found, to);
    }
    // Of the last one there may be more.
    long last = found.getLast().event();
    return found.getFirst().event() == last
        ? new LedgerContradictions(found, last)
        : new LedgerContradictions(
            found.stream().filter(one -> one.event() < last).toList(), last - 1);
  }

  private Map<Long, String> places(LedgerRange range) {
    Map<Long, String> places = new LinkedHashMap<>();
    ofRange(
            """
            select sequence, id
            %s
            where not (:changed and untouched)
            order by sequence
            limit :most
            """
                .formatted(LedgerSql.IN_RANGE),
            range)
        .param("changed", range.changed())
        .param("most", MOST_MEOWS)
        .query(row -> {
          places.put(row.getLong("sequence"), row.getString("id"));
        });
    return places;
  }

  private Map<String, List<LedgerEntry>> meows(int epoch, List<String> ids) {
    Map<String, List<LedgerEntry>> meows = new LinkedHashMap<>();
    jdbc.sql(LedgerSql.MEOWS)
        .param("epoch", epoch)
        .param("ids", ids.toArray(String[]::new))
        .query(row -> {
          LedgerEntry entry = LedgerSql.entry(row);
          meows.computeIfAbsent(entry.id(), _ -> new ArrayList<>()).add(entry);
        });
    return meows;
  }

  private JdbcClient.StatementSpec ofRange(String sql, LedgerRange range) {
    return jdbc.sql(sql)
        .param("epoch", range.epoch())
        .param("after", range.after())
        .param("to", range.to());
  }

  /** As many meows as go into an answer. */
  private static final class Bounded {

    /** Of an entry besides its event. */
    private static final int BESIDES = 150;

    private final List<LedgerEntry> entries = new ArrayList<>();
    private final Set<String> added = new HashSet<>();
    private int bytes;

    /** Returns whether it has the meow; the first one it has however large it is. */
    boolean add(String id, Map<String, List<LedgerEntry>> meows) {
      if (added.contains(id)) {
        return true;
      }
      List<LedgerEntry> meow = meows.getOrDefault(id, List.of());
      int more = meow.stream().mapToInt(Bounded::size).sum();
      if (!added.isEmpty() && bytes + more > AuditRequests.MOST_BYTES) {
        return false;
      }
      bytes += more;
      added.add(id);
      entries.addAll(meow);
      return true;
    }

    /** Within its JSON string an event is escaped. */
    private static int size(LedgerEntry entry) {
      String event = entry.event();
      return BESIDES + (event == null ? 0 : 2 * event.getBytes(StandardCharsets.UTF_8).length);
    }
  }
}
