package meower.program.presence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import meower.database.StrictJdbc;
import meower.program.change.ChangeStore;
import meower.program.source.PresenceProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The table of who is here, and its changes.
 *
 * <p>Who changes it has a lock on all of it, for one short statement. So changes are numbered in
 * the order in which they are committed, and whoever has read up to a number misses none.
 */
@Component
class SeenStore {

  /** Of advisory locks in this database; nobody else uses one. */
  private static final long LOCK = 0x7072_6573;

  private static final double NANOS = 1e9;

  /** A sweep that comes later than this many times after the one before had an outage between. */
  private static final int LATE = 3;

  private final JdbcClient jdbc;
  private final TransactionTemplate change;
  private final TransactionTemplate look;
  private final PresenceProperties properties;
  private final ChangeStore changes;

  SeenStore(
      DataSource database,
      PlatformTransactionManager transactions,
      PresenceProperties properties,
      ChangeStore changes) {
    this.jdbc = StrictJdbc.on(database);
    this.properties = properties;
    this.changes = changes;
    this.change = new TransactionTemplate(transactions);
    this.look = new TransactionTemplate(transactions);
    look.setReadOnly(true);
    look.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
  }

  /**
   * An object that is here.
   *
   * @param lastSeen by the database's clock
   */
  record Here(String id, Instant lastSeen) {
    static Here of(ResultSet row) throws SQLException {
      return new Here(
          row.getString("id"), row.getObject("last_seen", OffsetDateTime.class).toInstant());
    }
  }

  /** Everybody at one moment. */
  record Everybody(long version, List<Here> objects) {}

  /**
   * What became of objects that were seen.
   *
   * @param joined how many are here now that were not
   * @param refused how many are not, because their programs have as many as they may
   * @param programs those of which one joined
   */
  record Stored(int joined, int refused, List<String> programs) {}

  /**
   * Who was taken out.
   *
   * @param left how many
   * @param programs whose they were
   */
  record Swept(int left, List<String> programs) {}

  /** Writes that objects were seen, all or none; what came too late changes nothing. */
  Stored store(List<Seen> seen) {
    return inTurn(() -> {
      long now = System.nanoTime();
      return jdbc.sql(
              """
              with reported as materialized (
                select report.program, report.id,
                  max(now() - make_interval(secs => report.age)) as last_seen
                from unnest(:programs::text[], :ids::text[], :ages::float8[])
                  as report (program, id, age)
                group by report.program, report.id
              ), known as (
                update seen set last_seen = greatest(seen.last_seen, reported.last_seen)
                from reported
                where seen.program = reported.program and seen.id = reported.id
                returning seen.program, seen.id
              ), unknown as materialized (
                select reported.*, source.objects
                    + row_number() over (partition by reported.program order by reported.id)
                  as number
                from reported join presence_source as source using (program)
                where reported.last_seen > now() - source.online_for_ms * interval '1 millisecond'
                  and not exists (
                    select from known
                    where known.program = reported.program and known.id = reported.id)
              ), fresh as (
                insert into seen (program, id, last_seen)
                select program, id, last_seen from unknown where number <= :most
                returning program, id, last_seen
              ), change as (
                insert into presence_change (program, id, kind, last_seen)
                select program, id, 'j', last_seen from fresh order by program, id
                returning program, version
              ), total as (
                select program, count(*) as count, max(version) as version
                from change group by program
              ), counted as (
                update presence_source as source
                set objects = source.objects + total.count, version = total.version
                from total where total.program = source.program
              )
              select (select count(*) from fresh) as joined,
                (select count(*) from unknown where number > :most) as refused,
                array(select program from total) as programs
              """)
          .param("programs", seen.stream().map(Seen::program).toArray(String[]::new))
          .param("ids", seen.stream().map(Seen::id).toArray(String[]::new))
          .param(
              "ages",
              seen.stream()
                  .map(one -> Math.max(0, now - one.answeredAt()) / NANOS)
                  .toArray(Double[]::new))
          .param("most", properties.objects())
          .query((row, _) -> new Stored(row.getInt("joined"), row.getInt("refused"), programs(row)))
          .single();
    });
  }

  /**
   * Takes out who was not seen for long enough, if that is due and nobody else is doing it.
   *
   * <p>When it should have been done much earlier there was an outage: nobody could be seen
   * meanwhile, and nobody is taken out until everybody could be looked up once.
   *
   * @return who has left; nothing if it was not due
   */
  Optional<Swept> sweep() {
    if (!isDue()) {
      return Optional.empty();
    }
    return inTurn(() -> {
      Optional<Boolean> late = take();
      if (late.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(late.get() ? new Swept(0, List.of()) : takeOut());
    });
  }

  private boolean isDue() {
    return jdbc.sql("select due_at <= now() from presence_sweep").query(Boolean.class).single();
  }

  /** Says when the next one is due; returns whether this one is late, if it is due. */
  private Optional<Boolean> take() {
    return jdbc.sql(
            """
            with due as materialized (
              select due_at < now() - make_interval(secs => :late) as is_late from presence_sweep
              where due_at <= now() for update skip locked)
            update presence_sweep
            set due_at = now() + make_interval(secs => case when is_late then :round else :every end)
            from due
            returning is_late
            """)
        .param("late", seconds(properties.sweepEvery().multipliedBy(LATE)))
        .param("round", seconds(properties.roundAfterOutage()))
        .param("every", seconds(properties.sweepEvery()))
        .query(Boolean.class)
        .optional();
  }

  private Swept takeOut() {
    Swept swept =
        jdbc.sql(
                """
                with gone as (
                  delete from seen using presence_source as source
                  where source.program = seen.program
                    and seen.last_seen <= now() - source.online_for_ms * interval '1 millisecond'
                  returning seen.program, seen.id, seen.last_seen
                ), change as (
                  insert into presence_change (program, id, kind, last_seen)
                  select program, id, 'l', last_seen from gone order by program, id
                  returning program, version
                ), total as (
                  select program, count(*) as count, max(version) as version
                  from change group by program
                ), counted as (
                  update presence_source as source
                  set objects = source.objects - total.count, version = total.version
                  from total where total.program = source.program
                )
                select (select count(*) from gone) as left_count,
                  array(select program from total) as programs
                """)
            .query((row, _) -> new Swept(row.getInt("left_count"), programs(row)))
            .single();
    changes.forgetOld();
    return swept;
  }

  private static List<String> programs(ResultSet row) throws SQLException {
    return List.of((String[]) row.getArray("programs").getArray());
  }

  /** Returns everybody of a program, by id; nothing if it has no source. */
  Optional<Everybody> everybody(String program) {
    return Optional.ofNullable(
        look.execute(_ ->
            jdbc.sql("select version from presence_source where program = :program")
                .param("program", program)
                .query(Long.class)
                .optional()
                .map(version -> new Everybody(version, objects(program)))
                .orElse(null)));
  }

  private List<Here> objects(String program) {
    return jdbc.sql("select id, last_seen from seen where program = :program order by id")
        .param("program", program)
        .query((row, _) -> Here.of(row))
        .list();
  }

  /** Returns one object, if it is here. */
  Optional<Here> find(String program, String id) {
    return jdbc.sql("select id, last_seen from seen where program = :program and id = :id")
        .param("program", program)
        .param("id", id)
        .query((row, _) -> Here.of(row))
        .optional();
  }

  /** One change at a time, each seeing all that were before it. */
  private <T> T inTurn(Supplier<T> work) {
    T result =
        change.execute(_ -> {
          jdbc.sql("select pg_advisory_xact_lock(:lock)")
              .param("lock", LOCK)
              .query((_, _) -> LOCK)
              .single();
          return work.get();
        });
    if (result == null) {
      throw new IllegalStateException("a change has a result");
    }
    return result;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
