package meower.command.audit;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import meower.command.event.StoredEvent;
import meower.schema.MeowEvent;
import meower.schema.MeowEventJson;
import meower.schema.audit.LedgerEntry;
import meower.schema.audit.LedgerEntry.Erasure;
import org.jspecify.annotations.Nullable;

/** The longer statements of an audit, and how their rows are read. */
final class LedgerSql {

  /**
   * The rows of a range, and whether nothing has happened to their meows since they were posted.
   */
  static final String IN_RANGE =
      """
      from (
        select publication.sequence, event.id, event.created_at, event.body,
          publication.erasure = 0 and event.revision = 1 and event.body is not null
            and later.id is null as untouched
        from publication
          join meow_event as event on event.seq = publication.meow_seq
          left join lateral (
            select changed.id from meow_event as changed
            where changed.id = event.id and changed.revision > 1
            limit 1) as later on true
        where publication.epoch = :epoch
          and publication.sequence > :after and publication.sequence <= :to
      ) as entry
      """;

  /** What {@link meower.schema.audit.CreationSum} sums up of the range, in the same lines. */
  static final String CHECKSUM =
      """
      select count(*) filter (where untouched) as untouched_count,
        coalesce(
          md5(string_agg(
              sequence || '|' || id || '|'
                || (extract(epoch from created_at) * 1000000)::bigint || '|' || body,
              E'\\n' order by sequence)
            filter (where untouched)),
          '') as hash,
        count(*) filter (where not untouched) as changed_count
      %s
      """
          .formatted(IN_RANGE);

  /** All that happened to meows, one behind the other. */
  static final String MEOWS =
      """
      select %s, publication.sequence, coalesce(publication.erasure, 0) as erasure
      from meow_event as event
        %s
        left join publication
          on publication.epoch = :epoch and publication.meow_seq = event.seq
      where event.id = any(:ids)
      order by event.id, event.revision
      """
          .formatted(StoredEvent.COLUMNS, StoredEvent.WITH_DELETION);

  /**
   * Whether the events make sense: each is published or waits, and those of a meow follow one
   * another.
   */
  static final String CONTRADICTIONS =
      """
      with waiting as materialized (select event_seq from outbox_event),
      event as not materialized (
        select seq, id, revision, kind, body from meow_event where seq > :after and seq <= :to
      )
      select seq, id, revision, problem
      from (
        select seq, id, revision, 'LOST' as problem from event
        where not exists (
            select from publication
            where publication.epoch = :epoch and publication.meow_seq = event.seq)
          and not exists (select from waiting where waiting.event_seq = event.seq)
        union all
        select seq, id, revision, 'WAITS_ALTHOUGH_PUBLISHED'
        from event join waiting on waiting.event_seq = event.seq
        where exists (
          select from publication
          where publication.epoch = :epoch and publication.meow_seq = event.seq)
        union all
        select seq, id, revision, 'WAITS_TWICE'
        from event join (
          select event_seq from waiting group by event_seq having count(*) > 1) as repeated
          on repeated.event_seq = event.seq
        union all
        select seq, id, revision, 'GAP' from event
        where revision > 1 and not exists (
          select from meow_event as before
          where before.id = event.id and before.revision = event.revision - 1)
        union all
        select seq, id, revision, 'NO_BEGINNING' from event
        where revision < 1 or (revision = 1) <> (kind = 'c')
        union all
        select seq, id, revision, 'AFTER_DELETION' from event
        where revision > 1 and exists (
          select from meow_event as deletion
          where deletion.id = event.id and deletion.kind = 'd'
            and deletion.revision < event.revision)
        union all
        select seq, id, revision, 'TEXT_LEFT' from event
        where body is not null and exists (
          select from meow_event as deletion
          where deletion.id = event.id and deletion.kind = 'd')
        union all
        select seq, id, revision, 'TEXT_LOST' from event
        where body is null and not exists (
          select from meow_event as deletion
          where deletion.id = event.id and deletion.kind = 'd')
      ) as contradiction
      order by seq, problem
      limit :most
      """;

  private LedgerSql() {}

  /** Reads a row of {@link #MEOWS}. */
  static LedgerEntry entry(ResultSet row) throws SQLException {
    MeowEvent event = event(row);
    return new LedgerEntry(
        row.getString("id"),
        row.getInt("revision"),
        event == null ? null : MeowEventJson.subjectOf(event),
        event == null ? null : new String(MeowEventJson.encode(event), StandardCharsets.UTF_8),
        row.getLong("sequence"),
        erasure(row.getInt("erasure")));
  }

  private static Erasure erasure(int column) {
    return switch (column) {
      case 0 -> Erasure.NONE;
      case 1 -> Erasure.WANTED;
      case 2 -> Erasure.DONE;
      case 3 -> Erasure.NEEDLESS;
      default -> throw new IllegalArgumentException("erasure is " + column);
    };
  }

  /** Returns what happened; nothing if its text is gone. */
  private static @Nullable MeowEvent event(ResultSet row) throws SQLException {
    boolean lost = row.getString("body") == null && row.getObject("deletion_revision") == null;
    if (lost) {
      return null;
    }
    StoredEvent stored = StoredEvent.of(row);
    return stored.isToldAsItHappened() ? stored.event() : null;
  }
}
