package meower.operations.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What Postgres says now: meows change while they are audited, and a copy may show the change
 * before the audit's moment knows of it.
 *
 * @param connection shows what is true now
 */
record Present(Connection connection) {

  /** How many events a meow has, and whether it is deleted. */
  record Standing(long events, boolean deleted) {}

  private static final String STANDINGS =
      """
      select id, count(*), bool_or(kind = 'd')
      from meow_event
      where id = any(?::bpchar[])
      group by id
      """;

  /** Returns how meows stand as a connection sees it. */
  static Map<String, Standing> standings(Connection connection, Collection<String> ids)
      throws SQLException {
    Map<String, Standing> standings = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(STANDINGS)) {
      query.setArray(1, connection.createArrayOf("text", ids.toArray()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          standings.put(rows.getString(1), new Standing(rows.getLong(2), rows.getBoolean(3)));
        }
      }
    }
    return standings;
  }

  /**
   * Leaves out what is about a meow that something has happened to since.
   *
   * @param then how the meows stood at the audit's moment
   */
  List<Difference> settled(List<Difference> differences, Map<String, Standing> then)
      throws SQLException {
    Map<String, Standing> now = standings(connection, ids(differences));
    return differences.stream()
        .filter(difference -> isAsThen(now.get(difference.id()), then.get(difference.id())))
        .toList();
  }

  /** Hides the texts of deleted meows. */
  List<Difference> withoutDeletedTexts(List<Difference> differences) throws SQLException {
    Map<String, Standing> now = standings(connection, ids(differences));
    return differences.stream()
        .map(difference -> withoutDeletedText(difference, now.get(difference.id())))
        .toList();
  }

  static Collection<String> ids(List<Difference> differences) {
    return differences.stream().map(Difference::id).collect(Collectors.toSet());
  }

  private static boolean isAsThen(@Nullable Standing now, @Nullable Standing then) {
    return now == null || (then != null && now.events() == then.events());
  }

  private static Difference withoutDeletedText(Difference difference, @Nullable Standing now) {
    return now != null && now.deleted() ? difference.ofDeletedMeow() : difference;
  }
}
