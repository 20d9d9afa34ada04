package meower.program.feed.presence;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import meower.database.StrictJdbc;
import meower.program.change.ChangeStore;
import meower.program.change.Changes;
import meower.program.feed.presence.PresenceFlow.Flowing;
import meower.program.queue.Queue;
import meower.schema.MeowIdGenerator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** How far the feeds of presences are, beside their messages. */
@Component
class PresenceFeedStore {

  static final int AT_ONCE = 500;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final ChangeStore changes;
  private final MeowIdGenerator ids;

  PresenceFeedStore(
      DataSource database,
      PlatformTransactionManager transactions,
      ChangeStore changes,
      MeowIdGenerator ids) {
    this.jdbc = StrictJdbc.on(database);
    this.transaction = new TransactionTemplate(transactions);
    this.changes = changes;
    this.ids = ids;
  }

  /**
   * A queue for which there is something.
   *
   * @param presence the program whose objects come and leave
   */
  record Due(Queue queue, String presence) {}

  /** Decides which of the messages are stored, from the first one on. */
  interface Choice {

    /**
     * Chooses.
     *
     * @param position everything up to it is in the queue
     */
    List<Flowing> of(long position, Changes next);
  }

  /** Returns the queues for which there is something that they may have. */
  List<Due> due() {
    return jdbc.sql(
            """
            select queue.*, place.program as presence
            from presence_feed_place as place
            join queue on queue.id = place.queue
            join presence_source as source on source.program = place.program
            where place.version <> source.version
              and (source.public or source.program = queue.program)
            order by queue.id
            """)
        .query((row, _) -> new Due(Queue.of(row), row.getString("presence")))
        .list();
  }

  /**
   * Stores what flows, and how far the feed is with it, or neither. A feed that another instance is
   * at is left to that one.
   *
   * @return what was stored
   */
  List<Flowing> flow(Due due, Choice choice) {
    List<Flowing> stored = transaction.execute(_ -> flowAlone(due, choice));
    return stored == null ? List.of() : stored;
  }

  private List<Flowing> flowAlone(Due due, Choice choice) {
    Optional<Long> position = lock(due);
    if (position.isEmpty()) {
      return List.of();
    }
    Optional<Changes> next =
        changes
            .after(due.presence(), position.get(), AT_ONCE)
            .filter(found -> found.isPublic() || due.queue().program().equals(due.presence()));
    if (next.isEmpty()) {
      return List.of();
    }
    List<Flowing> flowing = choice.of(position.get(), next.get());
    if (!flowing.isEmpty()) {
      store(due.queue(), flowing);
    }
    return flowing;
  }

  private Optional<Long> lock(Due due) {
    return jdbc.sql(
            """
            select version from presence_feed_place
            where queue = :queue and program = :program for update skip locked
            """)
        .param("queue", due.queue().id())
        .param("program", due.presence())
        .query(Long.class)
        .optional();
  }

  /** The clock of the moment: another instance may have stored since this transaction began. */
  private void store(Queue queue, List<Flowing> flowing) {
    jdbc.sql(
            """
            with moved as (
              update presence_feed_place set version = :version where queue = :queue
            ), moment as materialized (
              select clock_timestamp() as now
            )
            insert into message
              (queue, id, body, form, content_type, published_at, kept_since, visible_at)
            select :queue, id, body, 'j', 'application/json', moment.now, moment.now, moment.now
            from moment cross join unnest(:ids, :bodies) with ordinality as message (id, body, row)
            order by row
            """)
        .param("version", flowing.getLast().version())
        .param("queue", queue.id())
        .param("ids", flowing.stream().map(_ -> ids.next().value()).toArray(String[]::new))
        .param("bodies", flowing.stream().map(Flowing::body).toArray(byte[][]::new))
        .update();
  }
}
