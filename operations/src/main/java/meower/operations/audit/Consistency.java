package meower.operations.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import meower.operations.audit.Inconsistency.Problem;

/**
 * Whether the events of Postgres make sense: each is published or waits, and those of a meow follow
 * one another.
 */
record Consistency(Connection connection, int number) {

  /** What happens to each inconsistency that is found. */
  @FunctionalInterface
  interface Handler {

    void on(Inconsistency inconsistency) throws Exception;
  }

  private static final int EVENTS_AT_ONCE = 100_000;
  private static final int ROWS_AT_ONCE = 1_000;

  /** Finds everything that contradicts something else. */
  void check(Handler inconsistencies) throws Exception {
    long last = last();
    for (long after = 0; after < last; after += EVENTS_AT_ONCE) {
      long[] part = {after, after + EVENTS_AT_ONCE};
      find(
          """
          with waiting as materialized (select event_seq from outbox_event)
          select seq, id, revision from meow_event
          where seq > ? and seq <= ?
            and not exists (
              select from publication
              where publication.epoch = ? and publication.meow_seq = meow_event.seq)
            and not exists (select from waiting where waiting.event_seq = meow_event.seq)
          order by seq
          """,
          Problem.LOST,
          inconsistencies,
          part[0],
          part[1],
          number);
      findBrokenLives(inconsistencies, part);
    }
    find(
        """
        select event.seq, event.id, event.revision
        from outbox_event
          join publication
            on publication.meow_seq = outbox_event.event_seq and publication.epoch = ?
          join meow_event as event on event.seq = outbox_event.event_seq
        """,
        Problem.WAITS_ALTHOUGH_PUBLISHED,
        inconsistencies,
        number);
    find(
        """
        select event.seq, event.id, event.revision
        from meow_event as event join (
          select event_seq from outbox_event group by event_seq having count(*) > 1) as repeated
          on event.seq = repeated.event_seq
        """,
        Problem.WAITS_TWICE,
        inconsistencies);
    find(
        """
        select event.seq, event.id, event.revision
        from meow_event as deletion join meow_event as event on event.id = deletion.id
        where deletion.kind = 'd' and event.body is not null
        """,
        Problem.TEXT_LEFT,
        inconsistencies);
  }

  private void findBrokenLives(Handler inconsistencies, long[] part) throws Exception {
    find(
        """
        select event.seq, event.id, event.revision from meow_event as event
        where seq > ? and seq <= ? and revision > 1
          and not exists (
            select from meow_event as before
            where before.id = event.id and before.revision = event.revision - 1)
        """,
        Problem.GAP,
        inconsistencies,
        part);
    find(
        """
        select seq, id, revision from meow_event
        where seq > ? and seq <= ? and (revision < 1 or (revision = 1) <> (kind = 'c'))
        """,
        Problem.NO_BEGINNING,
        inconsistencies,
        part);
    find(
        """
        select event.seq, event.id, event.revision from meow_event as event
        where seq > ? and seq <= ? and revision > 1
          and exists (
            select from meow_event as deletion
            where deletion.id = event.id and deletion.kind = 'd'
              and deletion.revision < event.revision)
        """,
        Problem.AFTER_DELETION,
        inconsistencies,
        part);
    find(
        """
        select event.seq, event.id, event.revision from meow_event as event
        where seq > ? and seq <= ? and body is null
          and not exists (
            select from meow_event as deletion
            where deletion.id = event.id and deletion.kind = 'd')
        """,
        Problem.TEXT_LOST,
        inconsistencies,
        part);
  }

  private void find(String sql, Problem problem, Handler into, long... parameters)
      throws Exception {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setFetchSize(ROWS_AT_ONCE);
      for (int i = 0; i < parameters.length; i++) {
        query.setLong(i + 1, parameters[i]);
      }
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          into.on(new Inconsistency(rows.getLong(1), rows.getString(2), rows.getInt(3), problem));
        }
      }
    }
  }

  private long last() throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("select coalesce(max(seq), 0) from meow_event");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
