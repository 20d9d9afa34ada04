package meower.program.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.OptionalLong;
import meower.program.receiver.PushDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A queue, as it is defined.
 *
 * @param id never used again for another one
 * @param program whose it is
 * @param paused whether nobody gets anything for now, because an operator wants it so
 */
public record Queue(
    long id,
    String name,
    String program,
    Definition definition,
    boolean paused,
    Instant createdAt) {

  /** Reads a row of the table. */
  public static Queue of(ResultSet row) throws SQLException {
    return new Queue(
        row.getLong("id"),
        row.getString("name"),
        row.getString("program"),
        new Definition(
            Duration.ofMillis(row.getLong("lease_ms")),
            row.getInt("max_deliveries"),
            Duration.ofMillis(row.getLong("keep_ms")),
            names(row, "publishers"),
            names(row, "consumers"),
            feed(row),
            push(row)),
        row.getBoolean("paused"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private static @Nullable FeedDefinition feed(ResultSet row) throws SQLException {
    @Nullable String presence = row.getString("feed_presence");
    if (presence != null) {
      return new FeedDefinition.OfPresence(presence, OptionalLong.empty());
    }
    return row.getArray("feed_topics") == null
        ? null
        : new FeedDefinition.OfMeows(
            names(row, "feed_topics"), row.getString("feed_query"), FeedDefinition.OfMeows.NOW);
  }

  private static @Nullable PushDefinition push(ResultSet row) throws SQLException {
    @Nullable String url = row.getString("push_url");
    return url == null
        ? null
        : new PushDefinition(
            url, Duration.ofMillis(row.getLong("push_timeout_ms")), row.getInt("push_in_flight"));
  }

  private static List<String> names(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  boolean isOf(String caller) {
    return program.equals(caller);
  }

  boolean takesFrom(String caller) {
    return isOf(caller) || definition.publishers().contains(caller);
  }

  boolean givesTo(String caller) {
    return isOf(caller) || definition.consumers().contains(caller);
  }
}
