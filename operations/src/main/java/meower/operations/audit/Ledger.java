package meower.operations.audit;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import meower.operations.audit.Inconsistency.Problem;
import meower.operations.connection.OperationFailedException;
import meower.schema.DeletedBy;
import meower.schema.EarlierSequences;
import meower.schema.EventKey;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.MeowId;
import org.jspecify.annotations.Nullable;

/**
 * What Postgres says, all of it as it was at one moment.
 *
 * <p>Used by one thread at a time.
 */
final class Ledger {

  /** What happens to each inconsistency that is found. */
  @FunctionalInterface
  interface Handler {

    void on(Inconsistency inconsistency) throws Exception;
  }

  /** What Postgres says of a range. */
  record Said(Checksum untouched, List<Life> touched) {

    Said {
      touched = List.copyOf(touched);
    }
  }

  private static final int EVENTS_AT_ONCE = 100_000;
  private static final int ROWS_AT_ONCE = 1_000;

  /**
   * The rows of a range, and whether nothing has happened to their meows since they were posted.
   */
  private static final String IN_RANGE =
      """
      from (
        select publication.sequence, event.id, event.created_at, event.body,
          publication.erasure = 0 and event.revision = 1 and event.body is not null
            and later.id is null as untouched
        from publication
          join meow_event as event on event.seq = publication.meow_seq
          left join lateral (
            select changed.id from meow_event as changed
            where changed.id = event.id and changed.revision > 1
            limit 1) as later on true
        where publication.epoch = ? and publication.sequence > ? and publication.sequence <= ?
      ) as entry
      """;

  private final Connection connection;
  private final int number;
  private final String epoch;
  private final long last;
  private final boolean complete;

  /** Looks at this moment; the connection shows nothing later until its transaction ends. */
  Ledger(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
    try (PreparedStatement query =
            connection.prepareStatement(
                """
                select number, epoch, complete, (
                  select coalesce(max(sequence), 0) from publication
                  where publication.epoch = stream_epoch.number)
                from stream_epoch order by number desc limit 1
                """);
        ResultSet row = query.executeQuery()) {
      if (!row.next()) {
        throw new OperationFailedException(
            "The command-service has not seen the stream yet. Start it, and NATS");
      }
      number = row.getInt(1);
      epoch = row.getString(2);
      complete = row.getBoolean(3);
      last = row.getLong(4);
    }
  }

  /** Returns the epoch of the positions. */
  String epoch() {
    return epoch;
  }

  /** Returns under which number the ledger has it. */
  int number() {
    return number;
  }

  /** Tells whether the stream held everything at that moment. */
  boolean isComplete() {
    return complete;
  }

  /** Returns the last sequence that was published at that moment. */
  long last() {
    return last;
  }

  Said said(Range range) throws SQLException {
    String sql =
        """
        select count(*) filter (where untouched),
          coalesce(md5(string_agg(%s, E'\\n' order by sequence) filter (where untouched)), ''),
          array_agg(distinct id) filter (where not untouched)
        """
                .formatted(Checksum.LINE_SQL)
            + IN_RANGE;
    try (PreparedStatement query = query(sql, range);
        ResultSet row = query.executeQuery()) {
      row.next();
      Array touched = row.getArray(3);
      return new Said(
          new Checksum(row.getLong(1), row.getString(2)),
          touched == null ? List.of() : lives((Object[]) touched.getArray()));
    }
  }

  /** Returns the creations in a range of meows that nobody has touched since. */
  List<Entry> untouched(Range range) throws SQLException {
    String sql =
        "select sequence, id, created_at, body " + IN_RANGE + " where untouched order by sequence";
    try (PreparedStatement query = query(sql, range);
        ResultSet rows = query.executeQuery()) {
      List<Entry> entries = new ArrayList<>();
      while (rows.next()) {
        entries.add(
            Entry.message(
                new MeowCreated(
                    new MeowId(rows.getString("id")),
                    rows.getString("body"),
                    instant(rows, "created_at")),
                rows.getLong("sequence"),
                EarlierSequences.NONE));
      }
      return entries;
    }
  }

  /** Returns how meows stood at the moment. */
  Map<String, Present.Standing> standings(Collection<String> ids) throws SQLException {
    return Present.standings(connection, ids);
  }

  private List<Life> lives(Object[] ids) throws SQLException {
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
      query.setInt(1, number);
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
    Instant createdAt = instant(row, "created_at");
    if (row.getString("kind").equals("d")) {
      return new MeowDeleted(id, revision, createdAt, instant(row, "at"), deletedBy(row));
    }
    String body = row.getString("body");
    if (body == null) {
      return null;
    }
    return revision == EventKey.CREATION
        ? new MeowCreated(id, body, createdAt)
        : new MeowEdited(id, revision, body, createdAt, instant(row, "at"));
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

  /** Counts everything that has ever happened. */
  long events() throws SQLException {
    return count("select count(*) from meow_event");
  }

  /** Counts meows, also those that are deleted. */
  long meows() throws SQLException {
    return count("select count(*) from meow_event where revision = 1");
  }

  long outbox() throws SQLException {
    return count("select count(*) from outbox");
  }

  private long count(String sql) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Finds events that contradict something else in Postgres. */
  void findInconsistencies(Handler inconsistencies) throws Exception {
    long last = count("select coalesce(max(seq), 0) from meow_event");
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

  private PreparedStatement query(String sql, Range range) throws SQLException {
    PreparedStatement query = connection.prepareStatement(sql);
    query.setInt(1, number);
    query.setLong(2, range.after());
    query.setLong(3, range.to());
    return query;
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
