package meower.command.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import meower.schema.DeletedBy;
import meower.schema.EventKey;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.MeowId;

/**
 * A row of {@code meow_event}, and what is to be told about it now.
 *
 * @param seq names the row
 * @param key names the event that the row was written for
 * @param event that event; or, when the meow was deleted afterwards, its deletion: nobody is told
 *     the text of a deleted meow, whenever its events are published again
 */
public record StoredEvent(long seq, EventKey key, MeowEvent event) {

  /** What a query selects for {@link #of}, from {@code event}, rows of {@code meow_event}. */
  public static final String COLUMNS =
      """
      event.seq, event.id, event.revision, event.body, event.created_at, event.at,
      deletion.revision as deletion_revision, deletion.at as deleted_at, deletion.deleted_by
      """;

  /** The join to the deletion, which is looked for only where there is no text. */
  public static final String WITH_DELETION =
      """
      left join lateral (
        select later.revision, later.at, later.deleted_by::text
        from meow_event as later
        where event.body is null and later.id = event.id and later.kind = 'd') as deletion on true
      """;

  /** Reads {@link #COLUMNS}. */
  public static StoredEvent of(ResultSet row) throws SQLException {
    EventKey key = new EventKey(new MeowId(row.getString("id")), row.getInt("revision"));
    return new StoredEvent(row.getLong("seq"), key, event(key, row));
  }

  /** Tells whether the event is told as it happened, and not the deletion in its place. */
  public boolean isToldAsItHappened() {
    return event.key().equals(key);
  }

  private static MeowEvent event(EventKey key, ResultSet row) throws SQLException {
    Instant createdAt = instant(row, "created_at");
    int deletion = row.getInt("deletion_revision");
    if (!row.wasNull()) {
      return new MeowDeleted(
          key.id(), deletion, createdAt, instant(row, "deleted_at"), deletedBy(row));
    }
    String body = row.getString("body");
    return key.revision() == EventKey.CREATION
        ? new MeowCreated(key.id(), body, createdAt)
        : new MeowEdited(key.id(), key.revision(), body, createdAt, instant(row, "at"));
  }

  private static DeletedBy deletedBy(ResultSet row) throws SQLException {
    return EventColumns.deletedBy(row.getString("deleted_by"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
