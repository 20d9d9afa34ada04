package meower.command.post;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import meower.command.database.OlderInstances;
import meower.command.outbox.RelayWakeup;
import meower.command.trail.TrailProperties;
import meower.database.StrictJdbc;
import meower.schema.MeowId;
import meower.web.IdempotencyKey;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes posts to Postgres: meow, key, outbox message and trail of all of them in one statement.
 *
 * <p>One statement is one transaction and one round trip, so nobody holds a lock while a network or
 * a process is slow. Keys are taken in their order: two instances that take the same ones cannot
 * wait for each other.
 */
@Component
class MeowStore {

  private final JdbcClient jdbc;
  private final RelayWakeup relay;
  private final OlderInstances olderInstances;
  private final TrailProperties trail;

  MeowStore(
      DataSource database,
      RelayWakeup relay,
      OlderInstances olderInstances,
      TrailProperties trail) {
    this.jdbc = StrictJdbc.on(database);
    this.relay = relay;
    this.olderInstances = olderInstances;
    this.trail = trail;
  }

  /**
   * Stores posts in their order, except those whose key was taken before; all or none.
   *
   * <p>Where another instance is just taking the same key, this waits until that one has committed:
   * so of two that come at once, on whichever instances, exactly one stores its meow. Beside an
   * instance of a version before, a key is taken as that one would take it, too.
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
              select id, body, created_at::timestamptz, key, former, client, program, request_id, place
              from unnest(
                  :ids, :bodies, :moments, :keys, :formers, :clients, :programs, :requests)
                with ordinality as post (
                  id, body, created_at, key, former, client, program, request_id, place)
            ), taken as (
              insert into idempotency_key as known (key, meow_id, created_at)
              select key, id, created_at from post
              where key is not null and not exists (
                select from idempotency_key as older
                where older.key = former
                  and older.created_at > post.created_at - make_interval(secs => :seconds))
              order by key
              on conflict (key) do update
              set meow_id = excluded.meow_id, created_at = excluded.created_at
              where known.created_at <= excluded.created_at - make_interval(secs =>
                case when starts_with(known.key, :proxyPrefix) then :proxySeconds else :seconds end)
              returning meow_id
            ), shared as (
              insert into idempotency_key as known (key, meow_id, created_at)
              select distinct on (former) former, id, created_at from post
              where :isShared and former is not null and id in (select meow_id::text from taken)
              order by former, place
              on conflict (key) do update
              set meow_id = excluded.meow_id, created_at = excluded.created_at
              where known.created_at <= excluded.created_at - make_interval(secs => :seconds)
              returning meow_id
            ), accepted as (
              insert into meow_event (id, body, created_at)
              select id, body, created_at from post
              where key is null or id in (
                select meow_id::text from taken
                where not :isShared or former is null or meow_id in (select meow_id from shared))
              order by place
              returning seq, id
            ), announced as (
              insert into outbox (event_seq) select seq from accepted order by seq
            ), traced as (
              insert into event_trail (meow_id, revision, kind, at, client, program, request_id)
              select id, 1, 'c', created_at, client, program, request_id from post
              where :isTraced and id in (select id::text from accepted)
            )
            select id from accepted
            """)
        .param("ids", column(posts, post -> post.meow().id().value()))
        .param("bodies", column(posts, post -> post.meow().body().text()))
        .param("moments", column(posts, post -> post.meow().createdAt().toString()))
        .param("keys", column(posts, post -> post.key().map(PostKey::name).orElse(null)))
        .param("formers", column(posts, post -> post.key().map(PostKey::former).orElse(null)))
        .param("clients", column(posts, post -> post.sender().client()))
        .param("programs", column(posts, post -> post.sender().program()))
        .param("requests", column(posts, post -> post.sender().requestId()))
        .param("isTraced", trail.isKept())
        .param("isShared", olderInstances.knowClearKeysOnly())
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
