package meower.command.event;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import meower.schema.EventKey;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.MeowId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes into Postgres what it has lost and somebody else still has: after it was restored to an
 * earlier moment, the stream knows what was answered with success since.
 */
public final class EventImport {

  private final JdbcClient jdbc;
  private final TextRules rules;

  /**
   * @param jdbc of the session that may write to the store
   */
  public EventImport(JdbcClient jdbc, TextRules rules) {
    this.jdbc = jdbc;
    this.rules = rules;
  }

  /** Returns which of the events Postgres does not have. */
  public Set<EventKey> missing(List<EventKey> events) {
    return new HashSet<>(
        jdbc.sql(
                """
                select found.id, found.revision
                from unnest(:ids, :revisions) as found (id, revision)
                where not exists (
                  select from meow_event as event
                  where event.id = (found.id collate "C")::bpchar
                    and event.revision = found.revision)
                """)
            .param("ids", events.stream().map(key -> key.id().value()).toArray(String[]::new))
            .param("revisions", events.stream().map(EventKey::revision).toArray(Integer[]::new))
            .query((row, _) -> new EventKey(new MeowId(row.getString(1)), row.getInt(2)))
            .list());
  }

  /** Tells whether Meower itself can have stored the event. */
  public boolean isOurs(MeowEvent event) {
    return switch (event) {
      case MeowCreated created -> rules.allow(created.body());
      case MeowEdited edited -> rules.allow(edited.body());
      case MeowDeleted _ -> true;
    };
  }

  /**
   * Stores events in their order, without announcing them. A deletion wins: it takes the texts out
   * of the other rows of its meow, and nothing comes behind it.
   */
  public void store(List<MeowEvent> events) {
    jdbc.sql(
            """
            with stored as (
              insert into meow_event (id, revision, kind, body, created_at, at, deleted_by)
              select id, revision, kind::"char",
                case when exists (
                    select from meow_event as deletion
                    where deletion.id = (event.id collate "C")::bpchar and deletion.kind = 'd')
                  or id = any(:deleted) then null else body end,
                created_at::timestamptz, at::timestamptz, deleted_by::"char"
              from unnest(:ids, :revisions, :kinds, :bodies, :created, :moments, :bys)
                with ordinality
                as event (id, revision, kind, body, created_at, at, deleted_by, place)
              order by place
              on conflict do nothing
            )
            update meow_event set body = null
            where id = any(:deleted) and body is not null
            """)
        .param("ids", column(events, event -> event.id().value()))
        .param("revisions", events.stream().map(MeowEvent::revision).toArray(Integer[]::new))
        .param("kinds", column(events, EventImport::kind))
        .param("bodies", column(events, EventImport::body))
        .param("created", column(events, event -> event.createdAt().toString()))
        .param("moments", column(events, EventImport::at))
        .param("bys", column(events, EventImport::by))
        .param(
            "deleted",
            events.stream()
                .filter(MeowDeleted.class::isInstance)
                .map(event -> event.id().value())
                .toArray(String[]::new))
        .update();
  }

  private static String kind(MeowEvent event) {
    return switch (event) {
      case MeowCreated _ -> "c";
      case MeowEdited _ -> "e";
      case MeowDeleted _ -> "d";
    };
  }

  private static @Nullable String body(MeowEvent event) {
    return switch (event) {
      case MeowCreated created -> created.body();
      case MeowEdited edited -> edited.body();
      case MeowDeleted _ -> null;
    };
  }

  private static @Nullable String at(MeowEvent event) {
    return switch (event) {
      case MeowCreated _ -> null;
      case MeowEdited edited -> edited.editedAt().toString();
      case MeowDeleted deleted -> deleted.deletedAt().toString();
    };
  }

  private static @Nullable String by(MeowEvent event) {
    return event instanceof MeowDeleted deleted ? EventColumns.deletedBy(deleted.by()) : null;
  }

  private static @Nullable String[] column(
      List<MeowEvent> events, Function<MeowEvent, @Nullable String> value) {
    return events.stream().map(value).toArray(String[]::new);
  }
}
