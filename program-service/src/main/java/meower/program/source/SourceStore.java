package meower.program.source;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import meower.database.StrictJdbc;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of sources. */
@Component
class SourceStore {

  private static final int LONGEST_ERROR = 200;

  private final JdbcClient jdbc;

  SourceStore(DataSource database) {
    this.jdbc = StrictJdbc.on(database);
  }

  /** A source that was defined, and whether it is new. */
  record Put(PresenceSource source, boolean isNew) {}

  /**
   * Writes it down. A new one has no changes yet, and begins behind all of an earlier one under its
   * name: who has read those has missed that everybody left.
   */
  Put put(String program, SourceDefinition definition) {
    return jdbc.sql(
            """
            with beginning as materialized (
              select nextval(pg_get_serial_sequence('presence_change', 'version')::regclass) as version
            )
            insert into presence_source
              (program, status_url, online_for_ms, timeout_ms, max_in_flight, public, version,
                changes_after)
            select :program, :url, :online, :timeout, :flight, :public, version, version from beginning
            on conflict (program) do update
            set status_url = excluded.status_url, online_for_ms = excluded.online_for_ms,
              timeout_ms = excluded.timeout_ms, max_in_flight = excluded.max_in_flight,
              public = excluded.public, failing_since = null, last_error = null
            returning *, xmax = 0 as is_new
            """)
        .param("program", program)
        .param("url", definition.statusUrl())
        .param("online", definition.onlineFor().toMillis())
        .param("timeout", definition.timeout().toMillis())
        .param("flight", definition.maxInFlight())
        .param("public", definition.isPublic())
        .query((row, _) -> new Put(PresenceSource.of(row), row.getBoolean("is_new")))
        .single();
  }

  Optional<PresenceSource> find(String program) {
    return jdbc.sql("select * from presence_source where program = :program")
        .param("program", program)
        .query((row, _) -> PresenceSource.of(row))
        .optional();
  }

  List<PresenceSource> all() {
    return jdbc.sql("select * from presence_source order by program")
        .query((row, _) -> PresenceSource.of(row))
        .list();
  }

  /** Writes down whether the status API answers, if that is news. */
  void say(String program, @Nullable String error) {
    jdbc.sql(
            """
            update presence_source
            set failing_since = case when :error::text is null then null
                else coalesce(failing_since, now()) end,
              last_error = :error
            where program = :program and last_error is distinct from :error
            """)
        .param("program", program)
        .param("error", error == null ? null : shortened(error))
        .update();
  }

  private static String shortened(String error) {
    return error.substring(0, Math.min(LONGEST_ERROR, error.length()));
  }
}
