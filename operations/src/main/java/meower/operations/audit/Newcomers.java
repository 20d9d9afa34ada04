package meower.operations.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Judges messages that came into the stream after the moment that is audited, or that the relay has
 * not recorded yet: each has to be a meow of Postgres that is nowhere else in the stream.
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
        "stream",
        List.of(),
        found.stream().filter(f -> !known.contains(f.entry().sequence())).toList());
  }

  private static Set<Long> known(Connection postgres, int epoch, List<Found> found)
      throws SQLException {
    try (PreparedStatement query =
        postgres.prepareStatement(
            """
            select min(message.sequence)
            from unnest(?, ?) as message (sequence, id)
              join meow on meow.id = (message.id collate "C")::bpchar
              left join publication
                on publication.meow_seq = meow.seq and publication.epoch = ?
            where publication.sequence is null or publication.sequence = message.sequence
            group by meow.id
            """)) {
      query.setArray(1, postgres.createArrayOf("bigint", sequences(found)));
      query.setArray(2, postgres.createArrayOf("text", ids(found)));
      query.setInt(3, epoch);
      Set<Long> known = new HashSet<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          known.add(rows.getLong(1));
        }
      }
      return known;
    }
  }

  private static Object[] sequences(List<Found> found) {
    return found.stream().map(f -> f.entry().sequence()).toArray();
  }

  private static Object[] ids(List<Found> found) {
    return found.stream().map(f -> f.entry().id()).toArray();
  }
}
