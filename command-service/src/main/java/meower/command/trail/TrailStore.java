package meower.command.trail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import meower.database.StrictJdbc;
import meower.schema.MeowId;
import meower.schema.trail.TrailPage;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads and forgets the trail; it is written in the statements that store the events. */
@Component
class TrailStore {

  private static final String COLUMNS =
      """
      trail.meow_id, trail.revision, trail.kind::text, trail.at, trail.client, trail.program,
      trail.operator, trail.request_id, exists (
        select from meow_event as deletion
        where deletion.id = trail.meow_id and deletion.kind = 'd') as deleted
      """;

  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  private final JdbcClient jdbc;

  TrailStore(DataSource database) {
    this.jdbc = StrictJdbc.on(database);
  }

  boolean knows(MeowId meow) {
    return jdbc.sql("select exists (select from meow_event where id = :id)")
        .param("id", meow.value())
        .query(Boolean.class)
        .single();
  }

  /** Returns from whom the events of a meow came, in their order. */
  List<TrailPage.Entry> ofMeow(MeowId meow) {
    return jdbc.sql(
            "select %s from event_trail as trail where meow_id = :id order by revision"
                .formatted(COLUMNS))
        .param("id", meow.value())
        .query((row, _) -> entry(row))
        .list();
  }

  /**
   * Returns what came from a client, the latest first.
   *
   * @param before only what comes behind this entry
   */
  List<TrailPage.Entry> ofClient(String client, TrailPage.@Nullable Entry before, int limit) {
    return jdbc.sql(
            """
            select %s
            from event_trail as trail
            where client = :client
              and (at, meow_id, revision) < (:at, (:id collate "C")::bpchar, :revision)
            order by at desc, meow_id desc, revision desc
            limit :limit
            """
                .formatted(COLUMNS))
        .param("client", client)
        .param("at", utc(before == null ? LATEST : before.at()))
        .param("id", before == null ? "" : before.meow())
        .param("revision", before == null ? 0 : before.revision())
        .param("limit", limit)
        .query((row, _) -> entry(row))
        .list();
  }

  /**
   * Deletes what is older.
   *
   * @param limit of rows, so that the statement stays short
   * @return how many
   */
  int forget(Instant before, int limit) {
    return jdbc.sql(
            """
            delete from event_trail
            where (meow_id, revision) in (
              select meow_id, revision from event_trail where at <= :before order by at
              limit :limit)
            """)
        .param("before", utc(before))
        .param("limit", limit)
        .update();
  }

  private static TrailPage.Entry entry(ResultSet row) throws SQLException {
    return new TrailPage.Entry(
        row.getString("meow_id"),
        row.getInt("revision"),
        kind(row.getString("kind")),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("client"),
        row.getString("program"),
        row.getString("operator"),
        row.getString("request_id"),
        row.getBoolean("deleted"));
  }

  private static TrailPage.Kind kind(String column) {
    return switch (column) {
      case "c" -> TrailPage.Kind.CREATED;
      case "e" -> TrailPage.Kind.EDITED;
      case "d" -> TrailPage.Kind.DELETED;
      default -> throw new IllegalStateException("kind is " + column);
    };
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
