package meower.operations.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import meower.schema.EventKey;

/**
 * Judges messages that came into the stream after the moment that is audited, or that the relay has
 * not recorded yet: each has to be an event of Postgres that is nowhere else in the stream.
 */
final class Newcomers {

  private Newcomers() {}

  /**
   * Returns those that do not belong there.
   *
   * @param postgres shows what is true now
   */
  static List<Difference> unexpected(Connection postgres, int epoch, List<Found> found)
      throws SQLException {
    Set<Long> known = known(postgres, epoch, found);
    return Comparison.of(
        "stream", List.of(), found.stream().filter(f -> !known.contains(f.place())).toList());
  }

  private static Set<Long> known(Connection postgres, int epoch, List<Found> found)
      throws SQLException {
    try (PreparedStatement query =
        postgres.prepareStatement(
            """
            select min(message.sequence)
            from unnest(?, ?, ?) as message (sequence, id, revision)
              join meow_event as event
                on event.id = (message.id collate "C")::bpchar and event.revision = message.revision
              left join publication
                on publication.meow_seq = event.seq and publication.epoch = ?
            where publication.sequence is null or publication.sequence = message.sequence
            group by event.seq
            """)) {
      List<Long> sequences = new ArrayList<>();
      List<String> ids = new ArrayList<>();
      List<Integer> revisions = new ArrayList<>();
      for (Found message : found) {
        EventKey key = message.key();
        if (key != null) {
          sequences.add(message.place());
          ids.add(key.id().value());
          revisions.add(key.revision());
        }
      }
      query.setArray(1, postgres.createArrayOf("bigint", sequences.toArray()));
      query.setArray(2, postgres.createArrayOf("text", ids.toArray()));
      query.setArray(3, postgres.createArrayOf("integer", revisions.toArray()));
      query.setInt(4, epoch);
      Set<Long> known = new HashSet<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          known.add(rows.getLong(1));
        }
      }
      return known;
    }
  }
}
