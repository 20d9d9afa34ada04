package meower.command.event;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import meower.command.trail.Sender;
import meower.command.trail.TrailProperties;
import meower.database.StrictJdbc;
import meower.schema.DeletedBy;
import meower.schema.EventKey;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.MeowId;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Changes of meows, as rows behind their creation.
 *
 * <p>Each method is one statement and so one transaction: nobody holds a lock while a network or a
 * process is slow.
 */
@Component
public class EventStore {

  private final JdbcClient jdbc;
  private final TrailProperties trail;

  EventStore(DataSource database, TrailProperties trail) {
    this.jdbc = StrictJdbc.on(database);
    this.trail = trail;
  }

  /** Returns the last thing that happened to a meow; nothing if there is no such meow. */
  public Optional<MeowEvent> latest(MeowId id) {
    return jdbc.sql(
            """
            select %s
            from (
              select * from meow_event where id = :id order by revision desc limit 1) as event
            %s
            """
                .formatted(StoredEvent.COLUMNS, StoredEvent.WITH_DELETION))
        .param("id", id.value())
        .query((row, _) -> StoredEvent.of(row).event())
        .optional();
  }

  /**
   * Makes sure that an event which was read will not be lost: where commits wait for a standby,
   * this waits, too, also when the one who wrote the event gave up waiting.
   */
  public void confirm(EventKey event) {
    jdbc.sql("select from meow_event where id = :id and revision = :revision for no key update")
        .param("id", event.id().value())
        .param("revision", event.revision())
        .query((_, _) -> true)
        .list();
  }

  /**
   * Stores an event that changes a meow, the outbox message that announces it and from whom it
   * came: all or none. A deletion takes the texts out of the rows before it.
   *
   * @param event the next one after the {@link #latest}
   * @return false if somebody else was faster: then nothing is stored
   * @throws IllegalArgumentException for a creation, which is stored with its sender's key
   */
  public boolean append(MeowEvent event, Sender sender) {
    try {
      switch (event) {
        case MeowCreated _ -> throw new IllegalArgumentException("a creation changes no meow");
        case MeowEdited edited ->
            insert(event, "e", edited.body(), edited.createdAt(), edited.editedAt(), null, sender);
        case MeowDeleted deleted ->
            insert(
                event, "d", null, deleted.createdAt(), deleted.deletedAt(), deleted.by(), sender);
      }
      return true;
    } catch (DuplicateKeyException e) {
      return false;
    }
  }

  /**
   * Deletes meows, all of those that there are and that are not deleted yet, or none.
   *
   * @return the ids of those that are deleted now; nothing if somebody else has changed one of them
   *     at the same moment: then none is, and it is to be tried again
   */
  public Optional<Set<MeowId>> delete(
      Collection<MeowId> meows, Instant at, DeletedBy by, Sender sender) {
    try {
      return Optional.of(
          Set.copyOf(
              jdbc.sql(
                      """
                      with latest as (
                        select distinct on (id) id, revision, kind, created_at
                        from meow_event
                        where id = any(:ids)
                        order by id, revision desc
                      ), stored as (
                        insert into meow_event (id, revision, kind, created_at, at, deleted_by)
                        select id, revision + 1, 'd', created_at, :at, :by::"char"
                        from latest
                        where kind <> 'd'
                        returning seq, id, revision
                      ), erased as (
                        update meow_event set body = null
                        from stored
                        where meow_event.id = stored.id and meow_event.body is not null
                      ), announced as (
                        insert into outbox (event_seq) select seq from stored order by seq
                      ), traced as (
                        insert into event_trail
                          (meow_id, revision, kind, at, client, program, operator, request_id)
                        select id, revision, 'd', :at, :client, :program, :operator, :request
                        from stored
                        where :isTraced
                      )
                      select id from stored
                      """)
                  .param("ids", meows.stream().map(MeowId::value).toArray(String[]::new))
                  .param("at", utc(at))
                  .param("by", EventColumns.deletedBy(by))
                  .params(columns(sender))
                  .query((row, _) -> new MeowId(row.getString("id")))
                  .list()));
    } catch (DuplicateKeyException e) {
      return Optional.empty();
    }
  }

  /** Returns which of the meows there are, deleted or not. */
  public Set<MeowId> known(Collection<MeowId> meows) {
    return Set.copyOf(
        jdbc.sql("select id from meow_event where id = any(:ids) and revision = 1")
            .param("ids", meows.stream().map(MeowId::value).toArray(String[]::new))
            .query((row, _) -> new MeowId(row.getString("id")))
            .list());
  }

  /** Returns which of the meows are deleted. */
  public Set<MeowId> deleted(Collection<MeowId> meows) {
    return Set.copyOf(
        jdbc.sql("select id from meow_event where id = any(:ids) and kind = 'd'")
            .param("ids", meows.stream().map(MeowId::value).toArray(String[]::new))
            .query((row, _) -> new MeowId(row.getString("id")))
            .list());
  }

  private void insert(
      MeowEvent event,
      String kind,
      @Nullable String body,
      Instant createdAt,
      Instant at,
      @Nullable DeletedBy by,
      Sender sender) {
    jdbc.sql(
            """
            with stored as (
              insert into meow_event (id, revision, kind, body, created_at, at, deleted_by)
              values (:id, :revision, :kind::"char", :body, :createdAt, :at, :by::"char")
              returning seq, id, revision, kind
            ), erased as (
              update meow_event set body = null
              from stored
              where stored.kind = 'd' and meow_event.id = stored.id and meow_event.body is not null
            ), traced as (
              insert into event_trail
                (meow_id, revision, kind, at, client, program, operator, request_id)
              select id, revision, kind, :at, :client, :program, :operator, :request from stored
              where :isTraced
            )
            insert into outbox (event_seq) select seq from stored
            """)
        .param("id", event.id().value())
        .param("revision", event.revision())
        .param("kind", kind)
        .param("body", body)
        .param("createdAt", utc(createdAt))
        .param("at", utc(at))
        .param("by", by == null ? null : EventColumns.deletedBy(by))
        .params(columns(sender))
        .update();
  }

  private Map<String, Object> columns(Sender sender) {
    return Map.of(
        "isTraced", trail.isKept(),
        "client", text(sender.client()),
        "program", text(sender.program()),
        "operator", text(sender.operator()),
        "request", text(sender.requestId()));
  }

  private static SqlParameterValue text(@Nullable String value) {
    return new SqlParameterValue(Types.VARCHAR, value);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
