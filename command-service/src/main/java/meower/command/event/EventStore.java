package meower.command.event;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
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

  EventStore(DataSource database) {
    this.jdbc = StrictJdbc.on(database);
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
   * Stores an event that changes a meow, and the outbox message that announces it: both or none. A
   * deletion takes the texts out of the rows before it.
   *
   * @param event the next one after the {@link #latest}
   * @return false if somebody else was faster: then nothing is stored
   * @throws IllegalArgumentException for a creation, which is stored with its sender's key
   */
  public boolean append(MeowEvent event) {
    try {
      switch (event) {
        case MeowCreated _ -> throw new IllegalArgumentException("a creation changes no meow");
        case MeowEdited edited ->
            insert(event, "e", edited.body(), edited.createdAt(), edited.editedAt(), null);
        case MeowDeleted deleted ->
            insert(event, "d", null, deleted.createdAt(), deleted.deletedAt(), deleted.by());
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
  public Optional<Set<MeowId>> delete(Collection<MeowId> meows, Instant at, DeletedBy by) {
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
                        returning seq, id
                      ), erased as (
                        update meow_event set body = null
                        from stored
                        where meow_event.id = stored.id and meow_event.body is not null
                      ), announced as (
                        insert into outbox (event_seq) select seq from stored order by seq
                      )
                      select id from stored
                      """)
                  .param("ids", meows.stream().map(MeowId::value).toArray(String[]::new))
                  .param("at", utc(at))
                  .param("by", EventColumns.deletedBy(by))
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
      @Nullable DeletedBy by) {
    jdbc.sql(
            """
            with stored as (
              insert into meow_event (id, revision, kind, body, created_at, at, deleted_by)
              values (:id, :revision, :kind::"char", :body, :createdAt, :at, :by::"char")
              returning seq, id, kind
            ), erased as (
              update meow_event set body = null
              from stored
              where stored.kind = 'd' and meow_event.id = stored.id and meow_event.body is not null
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
        .update();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
