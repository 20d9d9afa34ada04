package meower.program.receiver;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The receiver of a queue.
 *
 * @param queue its number
 * @param revision another one whenever somebody else than the owner has changed what is known of it
 */
public record Receiver(long queue, String url, long revision, ReceiverState state) {

  static Receiver of(ResultSet row) throws SQLException {
    return new Receiver(
        row.getLong("queue"),
        row.getString("url"),
        row.getLong("revision"),
        new ReceiverState(
            Phase.of(row.getString("state")),
            row.getObject("since", OffsetDateTime.class).toInstant(),
            row.getBoolean("verified"),
            instant(row),
            row.getInt("failures"),
            row.getInt("refusals"),
            row.getInt("in_flight"),
            row.getObject("next_try_at", OffsetDateTime.class).toInstant(),
            row.getObject("last_status", Integer.class),
            row.getString("last_error")));
  }

  private static @Nullable Instant instant(ResultSet row) throws SQLException {
    OffsetDateTime since = row.getObject("failing_since", OffsetDateTime.class);
    return since == null ? null : since.toInstant();
  }

  /** Returns the same receiver in another state. */
  public Receiver in(ReceiverState other) {
    return new Receiver(queue, url, revision, other);
  }
}
