package meower.command.post;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import meower.command.outbox.RelayWakeup;
import meower.database.StrictJdbc;
import meower.schema.MeowId;
import meower.web.IdempotencyKey;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes posts to Postgres: meow, key and outbox message of all of them in one statement.
 *
 * <p>One statement is one transaction and one round trip, so nobody holds a lock while a network or
 * a process is slow. Keys are taken in their order: two instances that take the same ones cannot
 * wait for each other.
 */
@Component
class MeowStore {

  private final JdbcClient jdbc;
  private final RelayWakeup relay;

  MeowStore(DataSource database, RelayWakeup relay) {
    this.jdbc = StrictJdbc.on(database);
    this.relay = relay;
  }

  /**
   * Stores posts in their order, except those whose key was taken before; all or none.
   *
   * <p>Where another instance is just taking the same key, this waits until that one has committed:
   * so of two that come at once, on whichever instances, exactly one stores its meow.
   *
   * @param posts each key at most once
   * @return the ids of those that are stored
   */
  Set<MeowId> insert(List<PendingPost> posts) {
    Set<MeowId> stored = Set.copyOf(insertUnlessKeyTaken(posts));
    if (!stored.isEmpty()) {
      relay.wake();
    }
    return stored;
  }

  /**
   * Returns the ids of those posts that an earlier try has stored, as durably as if they were
   * stored now: the lock makes this a commit of its own.
   */
  Set<MeowId> stored(List<PendingPost> posts) {
    return Set.copyOf(
        jdbc.sql(
                "select id from meow_event where id = any(:ids) and revision = 1 for no key update")
            .param("ids", column(posts, post -> post.meow().id().value()))
            .query((row, _) -> new MeowId(row.getString("id")))
            .list());
  }

  private List<MeowId> insertUnlessKeyTaken(List<PendingPost> posts) {
    return jdbc.sql(
            """
            with post as (
              select id, body, created_at::timestamptz, key, place
              from unnest(:ids, :bodies, :moments, :keys) with ordinality
                as post (id, body, created_at, key, place)
            ), taken as (
              insert into idempotency_key as known (key, meow_id, created_at)
              select key, id, created_at from post where key is not null order by key
              on conflict (key) do update
              set meow_id = excluded.meow_id, created_at = excluded.created_at
              where known.created_at <= excluded.created_at - make_interval(secs =>
                case when starts_with(known.key, :proxyPrefix) then :proxySeconds else :seconds end)
              returning meow_id
            ), accepted as (
              insert into meow_event (id, body, created_at)
              select id, body, created_at from post
              where key is null or id in (select meow_id::text from taken)
              order by place
              returning seq, id
            ), announced as (
              insert into outbox (event_seq) select seq from accepted order by seq
            )
            select id from accepted
            """)
        .param("ids", column(posts, post -> post.meow().id().value()))
        .param("bodies", column(posts, post -> post.meow().body().text()))
        .param("moments", column(posts, post -> post.meow().createdAt().toString()))
        .param("keys", column(posts, post -> post.key().map(IdempotencyKey::value).orElse(null)))
        .param("proxyPrefix", IdempotencyKey.PROXY_PREFIX)
        .param("proxySeconds", (double) IdempotencyKey.PROXY_LIFETIME.toSeconds())
        .param("seconds", (double) IdempotencyKey.LIFETIME.toSeconds())
        .query((row, _) -> new MeowId(row.getString("id")))
        .list();
  }

  private static @Nullable String[] column(
      List<PendingPost> posts, Function<PendingPost, @Nullable String> value) {
    return posts.stream().map(value).toArray(String[]::new);
  }
}
