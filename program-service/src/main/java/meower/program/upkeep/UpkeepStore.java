package meower.program.upkeep;

import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import meower.database.StrictJdbc;
import meower.program.feed.FeedStore;
import meower.web.IdempotencyKey;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What has to be done in the tables as time goes by, in portions: each is one short statement, and
 * passes over what another instance is just doing.
 */
@Component
class UpkeepStore {

  /** So many rows each statement is about at most. */
  static final int AT_ONCE = 1000;

  private static final Duration DEAD_LETTERS_ARE_KEPT = Duration.ofDays(30);

  private final JdbcClient jdbc;

  UpkeepStore(DataSource database) {
    this.jdbc = StrictJdbc.on(database);
  }

  /** Makes dead letters of what was delivered as often as it may be and came back. */
  int buryExhausted() {
    return jdbc.sql(
            """
            with over as materialized (
              select queue, seq from message
              where exhausted and (visible_at <= now() or lease is null)
              order by visible_at limit :most for update skip locked
            ), gone as (
              delete from message using over
              where message.queue = over.queue and message.seq = over.seq
              returning message.*
            )
            insert into dead_letter
              (queue, id, body, form, content_type, published_at, deliveries, meow, reason)
            select queue, id, body, form, content_type, published_at, deliveries, meow,
              'max-deliveries'
            from gone
            """)
        .param("most", AT_ONCE)
        .update();
  }

  /**
   * Makes dead letters of what is too old. Age follows the order of the rows, so only the first
   * ones of each queue are looked at. Who has a lease is not disturbed.
   */
  int buryTooOld() {
    return jdbc.sql(
            """
            with old as materialized (
              select first.queue, first.seq from queue
              cross join lateral (
                select queue, seq, kept_since, lease, visible_at from message
                where message.queue = queue.id order by seq limit :most) as first
              where first.kept_since <= now() - queue.keep_ms * interval '1 millisecond'
                and (first.lease is null or first.visible_at <= now())
              limit :most
            ), free as materialized (
              select queue, seq from message
              where (queue, seq) in (select queue, seq from old)
                and (lease is null or visible_at <= now())
              for update skip locked
            ), gone as (
              delete from message using free
              where message.queue = free.queue and message.seq = free.seq
              returning message.*
            )
            insert into dead_letter
              (queue, id, body, form, content_type, published_at, deliveries, meow, reason)
            select queue, id, body, form, content_type, published_at, deliveries, meow, 'too-old'
            from gone
            """)
        .param("most", AT_ONCE)
        .update();
  }

  int forgetDeadLetters() {
    return jdbc.sql(
            """
            delete from dead_letter where (queue, id) in (
              select queue, id from dead_letter
              where died_at <= now() - make_interval(secs => :seconds)
              limit :most for update skip locked)
            """)
        .param("seconds", (double) DEAD_LETTERS_ARE_KEPT.toSeconds())
        .param("most", AT_ONCE)
        .update();
  }

  int forgetKeys() {
    return jdbc.sql(
            """
            delete from idempotency_key where (queue, program, key) in (
              select queue, program, key from idempotency_key
              where created_at <= now() - make_interval(secs => :proxySeconds)
                and (starts_with(key, :proxyPrefix)
                  or created_at <= now() - make_interval(secs => :seconds))
              limit :most for update skip locked)
            """)
        .param("proxySeconds", (double) IdempotencyKey.PROXY_LIFETIME.toSeconds())
        .param("proxyPrefix", IdempotencyKey.PROXY_PREFIX)
        .param("seconds", (double) IdempotencyKey.LIFETIME.toSeconds())
        .param("most", AT_ONCE)
        .update();
  }

  /**
   * Clears away what is left of queues that are gone; of some that went a moment ago there may be
   * more, from who was just publishing.
   */
  int clearDropped() {
    List<Long> dropped =
        jdbc.sql("select id from dropped_queue order by id limit 100")
            .query((row, _) -> row.getLong("id"))
            .list();
    int cleared = 0;
    for (long queue : dropped) {
      int rows = clear("message", queue) + clear("dead_letter", queue);
      rows += clear("idempotency_key", queue) + clear("feed_meow", queue);
      if (rows == 0) {
        jdbc.sql(
                """
                with gone as (
                  delete from dropped_queue
                  where id = :queue and dropped_at < now() - interval '1 minute'
                  returning id
                )
                delete from feed_place using gone where feed_place.queue = gone.id
                """)
            .param("queue", queue)
            .update();
      }
      cleared += rows;
    }
    return cleared;
  }

  /** Whoever has forgotten a meow hears of it when it is deleted, known or not. */
  int forgetMeows() {
    return jdbc.sql(
            """
            delete from feed_meow where (queue, meow) in (
              select queue, meow from feed_meow
              where created_at <= now() - make_interval(secs => :seconds)
              limit :most for update skip locked)
            """)
        .param("seconds", (double) FeedStore.MEOWS_ARE_KNOWN.toSeconds())
        .param("most", AT_ONCE)
        .update();
  }

  /** Ends what has nothing left to lose its text. */
  int forgetEndedFeeds() {
    return jdbc.sql(
            """
            delete from feed_place as place
            where ended
              and not exists (
                select from message where message.queue = place.queue and meow is not null)
              and not exists (
                select from dead_letter where dead_letter.queue = place.queue and meow is not null)
            """)
        .update();
  }

  private int clear(String table, long queue) {
    return jdbc.sql(
            """
            delete from %1$s where ctid = any(array(
              select ctid from %1$s where queue = :queue limit :most for update skip locked))
            """
                .formatted(table))
        .param("queue", queue)
        .param("most", AT_ONCE)
        .update();
  }
}
