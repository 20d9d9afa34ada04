package meower.operations.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import meower.operations.connection.OperationFailedException;
import meower.schema.DeletedBy;
import meower.schema.EventKey;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.MeowId;
import org.jspecify.annotations.Nullable;

/** Reads the lives of meows from Postgres. */
final class Lives {

  private Lives() {}

  /**
   * Reads some.
   *
   * @param epoch the number of the stream's life in the ledger
   */
  static List<Life> of(Connection connection, int epoch, Object[] ids) throws SQLException {
    Map<String, List<Life.Happening>> lives = new LinkedHashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            select event.id, event.revision, event.kind::text, event.body, event.created_at,
              event.at, event.deleted_by::text, publication.sequence, publication.erasure
            from meow_event as event
              left join publication
                on publication.epoch = ? and publication.meow_seq = event.seq
            where event.id = any(?::bpchar[])
            order by event.id, event.revision
            """)) {
      query.setInt(1, epoch);
      query.setArray(2, connection.createArrayOf("text", ids));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          lives.computeIfAbsent(rows.getString("id"), _ -> new ArrayList<>()).add(happening(rows));
        }
      }
    }
    return lives.entrySet().stream()
        .map(life -> new Life(new MeowId(life.getKey()), life.getValue()))
        .toList();
  }

  private static Life.Happening happening(ResultSet row) throws SQLException {
    long sequence = row.getLong("sequence");
    return new Life.Happening(
        row.getInt("revision"),
        event(row),
        sequence == 0 ? OptionalLong.empty() : OptionalLong.of(sequence),
        Life.Erasure.of(row.getInt("erasure")));
  }

  private static @Nullable MeowEvent event(ResultSet row) throws SQLException {
    MeowId id = new MeowId(row.getString("id"));
    int revision = row.getInt("revision");
    Instant createdAt = Ledger.instant(row, "created_at");
    if (row.getString("kind").equals("d")) {
      return new MeowDeleted(id, revision, createdAt, Ledger.instant(row, "at"), deletedBy(row));
    }
    String body = row.getString("body");
    if (body == null) {
      return null;
    }
    return revision == EventKey.CREATION
        ? new MeowCreated(id, body, createdAt)
        : new MeowEdited(id, revision, body, createdAt, Ledger.instant(row, "at"));
  }

  private static DeletedBy deletedBy(ResultSet row) throws SQLException {
    String first = row.getString("deleted_by");
    return Arrays.stream(DeletedBy.values())
        .filter(by -> by.text().substring(0, 1).equals(first))
        .findFirst()
        .orElseThrow(() ->
            new OperationFailedException(
                "Postgres says of a deletion that it is by \""
                    + first
                    + "\", which means nothing"));
  }
}
