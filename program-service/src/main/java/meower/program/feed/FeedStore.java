package meower.program.feed;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import meower.database.StrictJdbc;
import meower.program.feed.FeedChunk.Flowing;
import meower.program.feed.FeedChunk.Known;
import meower.program.queue.Queue;
import meower.schema.EventKey;
import meower.schema.MeowId;
import meower.schema.MeowIdGenerator;
import meower.schema.Position;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The tables of feeds, in a session of the database; the one that holds the lock routes.
 *
 * <p>The lock belongs to the session, and everything is written in it: whoever has lost the lock
 * with the connection can write nothing any more.
 */
public final class FeedStore implements AutoCloseable {

  /**
   * For how long a queue remembers which meows it was told of; as long as dead letters are kept.
   */
  public static final Duration MEOWS_ARE_KNOWN = Duration.ofDays(30);

  /** Of advisory locks in this database. */
  private static final long LOCK = 0x66656564L;

  private final Connection connection;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  private FeedStore(Connection connection) {
    DataSource session = new SingleConnectionDataSource(connection, true);
    this.connection = connection;
    this.jdbc = StrictJdbc.on(session);
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(session));
  }

  /**
   * Connects.
   *
   * @param dataSource gives a connection of its own, not one of a pool, which would keep the lock
   */
  static FeedStore open(DataSource dataSource) throws SQLException {
    return new FeedStore(dataSource.getConnection());
  }

  /** Tries to become the one that routes; does not wait. */
  boolean lead() {
    return jdbc.sql("select pg_try_advisory_lock(:lock)")
        .param("lock", LOCK)
        .query(Boolean.class)
        .single();
  }

  /** Returns how far all feeds are. */
  List<FeedPlace> places() {
    return jdbc.sql(
            """
            select queue.*, epoch, sequence, meow, revision, happened_at, ended
            from feed_place join queue on queue.id = feed_place.queue
            """)
        .query((row, _) -> place(row))
        .list();
  }

  private static FeedPlace place(ResultSet row) throws SQLException {
    String meow = row.getString("meow");
    return new FeedPlace(
        Queue.of(row),
        new Position(row.getString("epoch"), row.getLong("sequence")),
        meow == null
            ? Optional.empty()
            : Optional.of(new EventKey(new MeowId(meow), row.getInt("revision"))),
        row.getObject("happened_at", OffsetDateTime.class).toInstant(),
        row.getBoolean("ended"));
  }

  /** Returns which queues have been told of the meows. */
  Set<Known> known(Collection<String> meows) {
    return new HashSet<>(
        jdbc.sql("select queue, meow from feed_meow where meow = any(:meows)")
            .param("meows", meows.toArray(String[]::new))
            .query((row, _) -> new Known(row.getLong("queue"), row.getString("meow")))
            .list());
  }

  /** Says where a feed goes on in a stream that was made anew. */
  void move(FeedPlace place, Position to) {
    jdbc.sql(
            """
            update feed_place set epoch = :epoch, sequence = :sequence
            where queue = :queue and epoch = :formerEpoch
            """)
        .param("epoch", to.epoch())
        .param("sequence", to.sequence())
        .param("queue", place.queue().id())
        .param("formerEpoch", place.position().epoch())
        .update();
  }

  /**
   * Stores what flows, and how far the feeds are with it, or neither.
   *
   * @param places of which the messages are stored; all of them at the same position
   * @param to how far they are then
   * @param last the last event up to there, if there is one
   */
  void flow(
      List<FeedPlace> places,
      Position to,
      Optional<FeedEvent> last,
      FeedChunk chunk,
      MeowIdGenerator ids) {
    Set<Long> queues = new HashSet<>(column(places, place -> place.queue().id()));
    List<Flowing> flowing =
        chunk.flowing().stream()
            .filter(message -> queues.contains(message.place().queue().id()))
            .toList();
    transactions.executeWithoutResult(_ -> {
      erase(chunk.deleted());
      store(
          places,
          to,
          last,
          flowing,
          in(chunk.learned(), queues),
          in(chunk.forgotten(), queues),
          ids);
    });
  }

  private static List<Known> in(Set<Known> meows, Set<Long> queues) {
    return meows.stream().filter(meow -> queues.contains(meow.queue())).toList();
  }

  /**
   * Takes the texts of deleted meows out of messages. A message may become a dead letter at this
   * moment, or a dead letter a message: looking at messages once more afterwards finds either.
   */
  private void erase(Set<String> meows) {
    if (!meows.isEmpty()) {
      erase("message", meows);
      erase("dead_letter", meows);
      erase("message", meows);
    }
  }

  private void erase(String table, Set<String> meows) {
    jdbc.sql(
            """
            update %s
            set body = convert_to((convert_from(body, 'UTF8')::jsonb #- '{data,body}')::text, 'UTF8')
            where meow = any(:meows) and convert_from(body, 'UTF8')::jsonb #> '{data,body}' is not null
            """
                .formatted(table))
        .param("meows", meows.toArray(String[]::new))
        .update();
  }

  private void store(
      List<FeedPlace> places,
      Position to,
      Optional<FeedEvent> last,
      List<Flowing> flowing,
      List<Known> learned,
      List<Known> forgotten,
      MeowIdGenerator ids) {
    jdbc.sql(
            """
            with moved as (
              update feed_place
                set sequence = :to, meow = coalesce(:meow::text, meow),
                revision = coalesce(:revision::int, revision),
                happened_at = coalesce(:at::timestamptz, happened_at)
              where queue = any(:queues) and epoch = :epoch and sequence = :from
              returning queue
            ), learned as (
              insert into feed_meow (queue, meow, created_at)
              select moved.queue, known.meow, now()
              from unnest(:learnedQueues, :learnedMeows) as known (queue, meow)
              join moved on moved.queue = known.queue
              on conflict do nothing
            ), forgotten as (
              delete from feed_meow
              using unnest(:forgottenQueues, :forgottenMeows) as known (queue, meow)
              join moved on moved.queue = known.queue
              where feed_meow.queue = known.queue and feed_meow.meow = known.meow
            )
            insert into message (queue, id, body, form, content_type, published_at, kept_since,
              visible_at, meow)
            select moved.queue, id, body, 'j', 'application/json', now(), now(), now(), meow
            from unnest(:owners, :ids, :bodies, :meows) with ordinality
              as message (owner, id, body, meow, row)
            join moved on moved.queue = message.owner
            order by row
            """)
        .param("queues", array(places, place -> place.queue().id(), Long[]::new))
        .param("epoch", to.epoch())
        .param("from", places.getFirst().position().sequence())
        .param("to", to.sequence())
        .param("meow", last.map(FeedEvent::meow).orElse(null))
        .param("revision", last.map(event -> event.event().revision()).orElse(null))
        .param("at", last.map(event -> utc(event.happenedAt())).orElse(null))
        .param("learnedQueues", array(learned, Known::queue, Long[]::new))
        .param("learnedMeows", array(learned, Known::meow, String[]::new))
        .param("forgottenQueues", array(forgotten, Known::queue, Long[]::new))
        .param("forgottenMeows", array(forgotten, Known::meow, String[]::new))
        .param("owners", array(flowing, message -> message.place().queue().id(), Long[]::new))
        .param("ids", array(flowing, _ -> ids.next().value(), String[]::new))
        .param("bodies", array(flowing, Flowing::body, byte[][]::new))
        .param("meows", array(flowing, message -> message.event().meow(), String[]::new))
        .update();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static <T, R> List<R> column(List<T> rows, Function<T, R> value) {
    return rows.stream().map(value).toList();
  }

  private static <T, R> R[] array(List<T> rows, Function<T, R> value, IntFunction<R[]> array) {
    return rows.stream().map(value).toArray(array);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
