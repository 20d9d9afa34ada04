package meower.program.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import meower.database.StrictJdbc;
import meower.program.receiver.PushDefinition;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of queues. */
@Component
public class QueueStore {

  private final JdbcClient jdbc;

  QueueStore(DataSource database) {
    this.jdbc = StrictJdbc.on(database);
  }

  /**
   * A queue that was defined.
   *
   * @param isNew whether it was not there before
   * @param hasNewSecret whether it has taken the secret that was offered
   */
  record Put(Queue queue, boolean isNew, boolean hasNewSecret) {}

  /**
   * Makes a queue, or changes that of the same program. A receiver with another URL is a new one,
   * of which nothing is known.
   *
   * @param start where its feed begins, unless it has one already
   * @param version likewise of a presence
   * @param secret sealed, for calls to a receiver that has none yet
   * @return nothing if it is another program's, or if the program has as many as it may
   */
  Optional<Put> put(
      String program,
      String name,
      Definition definition,
      Optional<Position> start,
      OptionalLong version,
      int most,
      byte @Nullable [] secret) {
    @Nullable PushDefinition push = definition.push();
    FeedDefinition.@Nullable OfMeows meows =
        definition.feed() instanceof FeedDefinition.OfMeows feed ? feed : null;
    @Nullable String presence =
        definition.feed() instanceof FeedDefinition.OfPresence feed ? feed.program() : null;
    Optional<Put> put =
        jdbc.sql(
                """
                with put as (
                  insert into queue as known
                    (name, program, lease_ms, max_deliveries, keep_ms, publishers, consumers,
                      feed_topics, feed_query, feed_presence, push_url, push_timeout_ms,
                      push_in_flight)
                  select :name, :program, :lease, :deliveries, :keep, :publishers, :consumers,
                    :topics::text[], :query::text, :presence, :url, :timeout::bigint,
                    :inFlight::int
                  where exists (select from queue where name = :name)
                    or (select count(*) from queue where program = :program) < :most
                  on conflict (name) do update
                  set lease_ms = excluded.lease_ms, max_deliveries = excluded.max_deliveries,
                    keep_ms = excluded.keep_ms, publishers = excluded.publishers,
                    consumers = excluded.consumers, feed_topics = excluded.feed_topics,
                    feed_query = excluded.feed_query,
                    feed_presence = excluded.feed_presence,
                    push_url = excluded.push_url,
                    push_timeout_ms = excluded.push_timeout_ms,
                    push_in_flight = excluded.push_in_flight
                  where known.program = excluded.program
                  returning *, xmax = 0 as is_new
                ), begun as (
                  insert into feed_place as place (queue, epoch, sequence, happened_at)
                  select id, :epoch, :sequence, now() from put where feed_topics is not null
                  on conflict (queue) do update
                  set epoch = excluded.epoch, sequence = excluded.sequence, meow = null,
                    revision = null, happened_at = excluded.happened_at, ended = false
                  where place.ended
                ), ended as (
                  update feed_place set ended = true
                  where queue in (select id from put where feed_topics is null)
                ), watched as (
                  insert into presence_feed_place as place (queue, program, version)
                  select id, feed_presence, :version from put where feed_presence is not null
                  on conflict (queue) do update
                  set program = excluded.program, version = excluded.version
                  where place.program <> excluded.program
                ), unwatched as (
                  delete from presence_feed_place as place using put
                  where place.queue = put.id and put.feed_presence is null
                ), pulled as (
                  delete from push using put where push.queue = put.id and put.push_url is null
                ), silent as (
                  delete from push_secret using put
                  where push_secret.queue = put.id and put.push_url is null
                ), pushed as (
                  insert into push as known (queue, url)
                  select id, push_url from put where push_url is not null
                  on conflict (queue) do update
                  set url = excluded.url, state = 'unverified', since = now(), verified = false,
                    failing_since = null, failures = 0, refusals = 0, in_flight = 1,
                    next_try_at = now(), last_status = null, last_error = null,
                    revision = known.revision + 1
                  where known.url <> excluded.url
                ), signed as (
                  insert into push_secret (queue, secret)
                  select id, :secret from put
                  where push_url is not null and not exists (
                    select from push_secret where queue = put.id and ends_at is null)
                  returning queue
                )
                select put.*, exists (select from signed) as has_new_secret from put
                """)
            .param("name", name)
            .param("program", program)
            .param("lease", definition.lease().toMillis())
            .param("deliveries", definition.maxDeliveries())
            .param("keep", definition.keep().toMillis())
            .param("publishers", definition.publishers().toArray(String[]::new))
            .param("consumers", definition.consumers().toArray(String[]::new))
            .param("topics", meows == null ? null : meows.topics().toArray(String[]::new))
            .param("query", meows == null ? null : meows.query())
            .param("epoch", start.map(Position::epoch).orElse(""))
            .param("sequence", start.map(Position::sequence).orElse(0L))
            .param("presence", presence)
            .param("version", version.orElse(0))
            .param("url", push == null ? null : push.url())
            .param("timeout", push == null ? null : push.timeout().toMillis())
            .param("inFlight", push == null ? null : push.maxInFlight())
            .param("secret", secret)
            .param("most", most)
            .query((row, _) ->
                new Put(Queue.of(row), row.getBoolean("is_new"), row.getBoolean("has_new_secret")))
            .optional();
    put.filter(known -> !known.isNew()).ifPresent(known -> judgeExhaustedAnew(known.queue()));
    return put;
  }

  /** More deliveries are allowed than before: some that had none left have one now. */
  private void judgeExhaustedAnew(Queue queue) {
    jdbc.sql(
            """
            update message set exhausted = false
            where queue = :queue and exhausted and deliveries < :deliveries
            """)
        .param("queue", queue.id())
        .param("deliveries", queue.definition().maxDeliveries())
        .update();
  }

  /** Returns the queue of this name. */
  public Optional<Queue> find(String name) {
    return jdbc.sql("select * from queue where name = :name")
        .param("name", name)
        .query((row, _) -> Queue.of(row))
        .optional();
  }

  /** Returns those of the queues with these numbers that there are. */
  public List<Queue> all(Collection<Long> ids) {
    return jdbc.sql("select * from queue where id = any(:ids)")
        .param("ids", ids.toArray(Long[]::new))
        .query((row, _) -> Queue.of(row))
        .list();
  }

  List<Queue> of(String program) {
    return jdbc.sql("select * from queue where program = :program order by name")
        .param("program", program)
        .query((row, _) -> Queue.of(row))
        .list();
  }

  /** Returns all queues there are, for operators. */
  public List<Queue> all(int most) {
    return jdbc.sql("select * from queue order by program, name limit :most")
        .param("most", most)
        .query((row, _) -> Queue.of(row))
        .list();
  }

  /**
   * Deletes a queue; its messages are gone with it, and cleared away afterwards.
   *
   * @return whether it was there
   */
  boolean delete(Queue queue) {
    return jdbc.sql(
                """
                with gone as (delete from queue where id = :id returning id)
                insert into dropped_queue (id) select id from gone
                """)
            .param("id", queue.id())
            .update()
        > 0;
  }

  /** Lets nobody fetch, or everybody again. */
  public Optional<Queue> pause(String name, boolean paused) {
    return jdbc.sql("update queue set paused = :paused where name = :name returning *")
        .param("name", name)
        .param("paused", paused)
        .query((row, _) -> Queue.of(row))
        .optional();
  }

  /** Returns up to where the feed of a queue has flowed, if it has one. */
  Optional<Position> place(Queue queue) {
    return jdbc.sql("select epoch, sequence from feed_place where queue = :id and not ended")
        .param("id", queue.id())
        .query((row, _) -> new Position(row.getString("epoch"), row.getLong("sequence")))
        .optional();
  }

  /** Counts what is in a queue, exactly. */
  public Counts count(Queue queue) {
    return jdbc.sql(
            """
            select count(*) filter (where visible_at <= now()) as ready,
              count(*) filter (where visible_at > now() and lease is not null) as leased,
              count(*) filter (where visible_at > now() and lease is null) as delayed,
              (select count(*) from dead_letter where queue = :queue) as dead,
              extract(epoch from now() - min(visible_at) filter (where visible_at <= now()))
                ::float8 as oldest
            from message where queue = :queue
            """)
        .param("queue", queue.id())
        .query((row, _) ->
            new Counts(
                row.getLong("ready"),
                row.getLong("leased"),
                row.getLong("delayed"),
                row.getLong("dead"),
                oldest(row)))
        .single();
  }

  private static @Nullable Double oldest(ResultSet row) throws SQLException {
    double oldest = row.getDouble("oldest");
    return row.wasNull() ? null : oldest;
  }
}
