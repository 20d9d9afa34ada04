package meower.program.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import meower.database.StrictJdbc;
import meower.web.IdempotencyKey;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes messages to Postgres, with the keys of who publishes, all of them in one statement. */
@Component
class MessageStore {

  /** What became of a publication. */
  enum Outcome {
    STORED,
    KEY_TAKEN,
    NO_QUEUE
  }

  /** What was published under a key. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
  record Earlier(byte[] fingerprint, List<String> ids) {}

  private final JdbcClient jdbc;

  MessageStore(DataSource database) {
    this.jdbc = StrictJdbc.on(database);
  }

  /**
   * Stores publications in their order, except those whose key was taken before.
   *
   * <p>Where another instance is just taking the same key, this waits until that one has committed:
   * so of two that come at once, on whichever instances, exactly one stores its messages.
   */
  List<Outcome> store(List<Publication> publications) {
    Columns columns = new Columns(publications);
    Map<Integer, Boolean> stored = new HashMap<>();
    jdbc.sql(
            """
            with publication as materialized (
              select asked.* from unnest(:places, :queues, :programs, :keys, :fingerprints)
                as asked (place, queue, program, key, fingerprint)
              join queue on queue.id = asked.queue
            ), taken as (
              insert into idempotency_key as known
                (queue, program, key, fingerprint, ids, created_at)
              select queue, program, key, fingerprint,
                array(select id from unnest(:owners, :ids) as message (owner, id)
                      where owner = place), now()
              from publication where key is not null order by queue, program, key
              on conflict (queue, program, key) do update
              set fingerprint = excluded.fingerprint, ids = excluded.ids, created_at = now()
              where known.created_at <= now() - make_interval(secs =>
                case when starts_with(known.key, :proxyPrefix) then :proxySeconds else :seconds end)
              returning queue, program, key
            ), accepted as materialized (
              select place, queue from publication
              where key is null or (queue, program, key) in (select queue, program, key from taken)
            ), stored as (
              insert into message
                (queue, id, body, form, content_type, published_at, kept_since, visible_at)
              select queue, id, body, form::"char", content_type, now(), now(),
                now() + delay * interval '1 millisecond'
              from unnest(:owners, :ids, :bodies, :forms, :types, :delays) with ordinality
                as message (owner, id, body, form, content_type, delay, row)
              join accepted on accepted.place = owner
              order by row
            )
            select place, place in (select place from accepted) as is_stored from publication
            """)
        .params(columns.values())
        .query(row -> {
          stored.put(row.getInt("place"), row.getBoolean("is_stored"));
        });
    List<Outcome> outcomes = new ArrayList<>();
    for (int place = 0; place < publications.size(); place++) {
      outcomes.add(outcome(stored.get(place)));
    }
    return outcomes;
  }

  private static Outcome outcome(@Nullable Boolean isStored) {
    if (isStored == null) {
      return Outcome.NO_QUEUE;
    }
    return isStored ? Outcome.STORED : Outcome.KEY_TAKEN;
  }

  /**
   * Returns what was published under the key of this publication.
   *
   * <p>The lock makes this a transaction that is committed after the one that stored the messages.
   */
  Optional<Earlier> earlier(Publication publication) {
    return jdbc.sql(
            """
            select fingerprint, ids from idempotency_key
            where queue = :queue and program = :program and key = :key
            for no key update
            """)
        .param("queue", publication.queue().id())
        .param("program", publication.program())
        .param("key", publication.key().map(IdempotencyKey::text).orElse(null))
        .query((row, _) ->
            new Earlier(
                row.getBytes("fingerprint"),
                Arrays.asList((String[]) row.getArray("ids").getArray())))
        .optional();
  }

  /** Publications and messages as columns. */
  private record Columns(List<Publication> publications) {

    private record Row(int owner, String id, NewMessage message) {}

    Map<String, Object> values() {
      List<Row> rows = rows();
      Map<String, Object> values = new HashMap<>();
      values.put("places", places());
      values.put("queues", publications.stream().map(p -> p.queue().id()).toArray(Long[]::new));
      values.put(
          "programs", publications.stream().map(Publication::program).toArray(String[]::new));
      values.put("keys", keys());
      values.put(
          "fingerprints",
          publications.stream().map(Publication::fingerprint).toArray(byte[][]::new));
      values.put("owners", rows.stream().map(Row::owner).toArray(Integer[]::new));
      values.put("ids", rows.stream().map(Row::id).toArray(String[]::new));
      values.put("bodies", rows.stream().map(row -> row.message().body()).toArray(byte[][]::new));
      values.put(
          "forms", rows.stream().map(row -> row.message().form().letter()).toArray(String[]::new));
      values.put(
          "types", rows.stream().map(row -> row.message().contentType()).toArray(String[]::new));
      values.put(
          "delays",
          rows.stream().map(row -> row.message().delay().toMillis()).toArray(Long[]::new));
      values.put("proxyPrefix", IdempotencyKey.PROXY_PREFIX);
      values.put("proxySeconds", (double) IdempotencyKey.PROXY_LIFETIME.toSeconds());
      values.put("seconds", (double) IdempotencyKey.LIFETIME.toSeconds());
      return values;
    }

    private Integer[] places() {
      Integer[] places = new Integer[publications.size()];
      Arrays.setAll(places, place -> place);
      return places;
    }

    private @Nullable String[] keys() {
      @Nullable String[] keys = new @Nullable String[publications.size()];
      Arrays.setAll(
          keys, place -> publications.get(place).key().map(IdempotencyKey::text).orElse(null));
      return keys;
    }

    private List<Row> rows() {
      List<Row> rows = new ArrayList<>();
      for (int place = 0; place < publications.size(); place++) {
        Publication publication = publications.get(place);
        for (int i = 0; i < publication.messages().size(); i++) {
          rows.add(new Row(place, publication.ids().get(i), publication.messages().get(i)));
        }
      }
      return rows;
    }
  }
}
