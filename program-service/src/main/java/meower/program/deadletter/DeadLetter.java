package meower.program.deadletter;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import meower.program.message.Form;
import org.jspecify.annotations.Nullable;

/**
 * A message that nobody gets any more, until somebody puts it back.
 *
 * @param reason {@code max-deliveries}, {@code rejected} or {@code too-old}
 * @param lastError what who rejected it said
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
public record DeadLetter(
    String id,
    byte[] body,
    Form form,
    String contentType,
    String publishedAt,
    int deliveries,
    String reason,
    @Nullable String lastError,
    String diedAt) {

  static DeadLetter of(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getString("id"),
        row.getBytes("body"),
        Form.of(row.getString("form")),
        row.getString("content_type"),
        instant(row, "published_at"),
        row.getInt("deliveries"),
        row.getString("reason"),
        row.getString("last_error"),
        instant(row, "died_at"));
  }

  private static String instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant().toString();
  }
}
