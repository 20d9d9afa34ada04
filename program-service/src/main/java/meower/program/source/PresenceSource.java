package meower.program.source;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Where it is looked up whether an object of a program is here.
 *
 * @param program whose objects they are
 * @param objects how many are here
 * @param version of the last change of who is here; before the first one a number that no change
 *     has
 * @param failingSince since when the status API gives no answers; nothing while it does
 * @param lastError what it says instead
 */
public record PresenceSource(
    String program,
    SourceDefinition definition,
    int objects,
    long version,
    @Nullable Instant failingSince,
    @Nullable String lastError) {

  static PresenceSource of(ResultSet row) throws SQLException {
    OffsetDateTime failingSince = row.getObject("failing_since", OffsetDateTime.class);
    return new PresenceSource(
        row.getString("program"),
        new SourceDefinition(
            row.getString("status_url"),
            Duration.ofMillis(row.getLong("online_for_ms")),
            Duration.ofMillis(row.getLong("timeout_ms")),
            row.getInt("max_in_flight"),
            row.getBoolean("public")),
        row.getInt("objects"),
        row.getLong("version"),
        failingSince == null ? null : failingSince.toInstant(),
        row.getString("last_error"));
  }

  /** Returns where an object is looked up. */
  public String statusUrl(String id) {
    String escaped = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    return definition.statusUrl().replace(SourceDefinition.PLACE, escaped);
  }
}
