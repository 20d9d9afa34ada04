package meower.program.deadletter;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import meower.database.StrictJdbc;
import meower.program.queue.Queue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of dead letters. */
@Component
public class DeadLetterStore {

  private static final int AT_ONCE = 1000;

  private final JdbcClient jdbc;

  DeadLetterStore(DataSource database) {
    this.jdbc = StrictJdbc.on(database);
  }

  /**
   * Returns letters, what was published last first.
   *
   * @param before only what was published before the message with this id
   */
  public List<DeadLetter> list(Queue queue, int take, Optional<String> before) {
    return jdbc.sql(
            """
            select * from dead_letter
            where queue = :queue and (:before::text is null or id < :before)
            order by id desc limit :take
            """)
        .param("queue", queue.id())
        .param("before", before.orElse(null))
        .param("take", take)
        .query((row, _) -> DeadLetter.of(row))
        .list();
  }

  /**
   * Puts letters back behind what waits, as if nobody had got them yet.
   *
   * @return how many were there
   */
  int requeue(Queue queue, List<String> ids) {
    return jdbc.sql(
            """
            with taken as (
              delete from dead_letter where queue = :queue and id in (
                select id from dead_letter where queue = :queue and id = any(:ids)
                order by id for update skip locked)
              returning *
            )
            insert into message
              (queue, id, body, form, content_type, published_at, kept_since, visible_at, meow)
            select queue, id, body, form, content_type, published_at, now(), now(), meow
            from taken order by id
            """)
        .param("queue", queue.id())
        .param("ids", ids.toArray(String[]::new))
        .update();
  }

  /**
   * Likewise all of them that are there when this begins, in portions.
   *
   * @return how many
   */
  public int requeueAll(Queue queue) {
    int requeued = 0;
    List<String> ids = nextIds(queue, "");
    while (!ids.isEmpty()) {
      requeued += requeue(queue, ids);
      ids = nextIds(queue, ids.getLast());
    }
    return requeued;
  }

  private List<String> nextIds(Queue queue, String after) {
    return jdbc.sql(
            """
            select id from dead_letter where queue = :queue and id > :after
            order by id limit :most
            """)
        .param("queue", queue.id())
        .param("after", after)
        .param("most", AT_ONCE)
        .query((row, _) -> row.getString("id"))
        .list();
  }

  boolean delete(Queue queue, String id) {
    return jdbc.sql("delete from dead_letter where queue = :queue and id = :id")
            .param("queue", queue.id())
            .param("id", id)
            .update()
        > 0;
  }
}
