package meower.program.change;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * That an object came or left.
 *
 * @param version its number among the changes of all programs; a later one has a higher one
 * @param hasJoined whether it is here now
 * @param lastSeen when it was last seen, by the database's clock
 * @param changedAt when it came or left, by the same clock
 */
public record PresenceChange(
    long version, String id, boolean hasJoined, Instant lastSeen, Instant changedAt) {

  static PresenceChange of(ResultSet row) throws SQLException {
    Instant changedAt = row.getObject("changed_at", OffsetDateTime.class).toInstant();
    OffsetDateTime lastSeen = row.getObject("last_seen", OffsetDateTime.class);
    return new PresenceChange(
        row.getLong("version"),
        row.getString("id"),
        row.getString("kind").equals("j"),
        lastSeen == null ? changedAt : lastSeen.toInstant(),
        changedAt);
  }

  /** Returns {@code joined} or {@code left}. */
  public String name() {
    return hasJoined ? "joined" : "left";
  }
}
