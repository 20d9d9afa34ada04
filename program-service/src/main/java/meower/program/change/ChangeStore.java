package meower.program.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import meower.database.StrictJdbc;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table of changes. Who writes into it has a lock on all presences until it is committed, so
 * whoever has read up to a version misses none that comes later.
 */
@Component
public class ChangeStore {

  private final JdbcClient jdbc;
  private final ChangeProperties properties;

  ChangeStore(DataSource database, ChangeProperties properties) {
    this.jdbc = StrictJdbc.on(database);
    this.properties = properties;
  }

  private record Row(
      boolean isPublic, long version, long keptAfter, @Nullable PresenceChange change) {}

  /**
   * Returns what comes after a version, all of it as it is at one moment; nothing if the program
   * has no presence.
   *
   * @param most how many changes
   */
  public Optional<Changes> after(String program, long version, int most) {
    List<Row> rows =
        jdbc.sql(
                """
                select source.public, source.version as newest, source.changes_after, change.*
                from presence_source as source left join lateral (
                  select version, id, kind, last_seen, changed_at from presence_change
                  where presence_change.program = source.program and version > :version
                  order by version limit :most) as change on true
                where source.program = :program order by change.version
                """)
            .param("program", program)
            .param("version", version)
            .param("most", most)
            .query((row, _) ->
                new Row(
                    row.getBoolean("public"),
                    row.getLong("newest"),
                    row.getLong("changes_after"),
                    row.getString("id") == null ? null : PresenceChange.of(row)))
            .list();
    return rows.isEmpty() ? Optional.empty() : Optional.of(changes(rows));
  }

  private static Changes changes(List<Row> rows) {
    List<PresenceChange> next = new ArrayList<>();
    for (Row row : rows) {
      @Nullable PresenceChange change = row.change();
      if (change != null) {
        next.add(change);
      }
    }
    Row first = rows.getFirst();
    return new Changes(first.isPublic(), first.version(), first.keptAfter(), next);
  }

  /**
   * Forgets what has been kept for long enough, and says so; only for who has the lock on all
   * presences. What a queue has not taken yet is kept for longer, but not without end.
   */
  public void forgetOld() {
    jdbc.sql(
            """
            with aged as materialized (
              select version from presence_change
              where changed_at < now() - make_interval(secs => :kept)
              order by changed_at desc, version desc limit 1
            ), newest as materialized (
              select version from presence_change order by version desc limit 1
            ), due as materialized (
              select source.program, least(aged.version, greatest(
                  newest.version - :keptForQueues, coalesce(place.version, aged.version))) as version
              from presence_source as source cross join aged cross join newest
              left join (
                select program, min(version) as version from presence_feed_place group by program
              ) as place using (program)
            ), gone as (
              delete from presence_change as change using due
              where change.program = due.program and change.version <= due.version
              returning change.program, change.version
            ), total as (
              select program, max(version) as version from gone group by program
            )
            update presence_source as source set changes_after = total.version
            from total where total.program = source.program
            """)
        .param("kept", properties.keep().toMillis() / 1000.0)
        .param("keptForQueues", properties.keepForQueues())
        .update();
  }
}
