package meower.program.upkeep;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How much is in all queues, asked of the database when metrics are read, once a second at most.
 * Counting stops at {@value #MOST}, so that it stays cheap.
 */
@Component
class QueueMetrics implements MeterBinder {

  private static final Logger log = LoggerFactory.getLogger(QueueMetrics.class);

  private static final int MOST = 100_000;
  private static final long GOOD_FOR_NANOS = 1_000_000_000;

  private record Figures(double ready, double leased, double oldest, double deadTuples) {
    static final Figures UNKNOWN = new Figures(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  }

  private final JdbcClient jdbc;
  private @Nullable Figures figures;
  private long goodUntil;

  QueueMetrics(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge("meower.queues.ready", "Messages that can be fetched", Figures::ready, registry);
    gauge("meower.queues.leased", "Messages that are worked on", Figures::leased, registry);
    gauge(
        "meower.queues.oldest",
        "For how many seconds the message has been ready that waits for longest",
        Figures::oldest,
        registry);
    gauge(
        "meower.queues.dead-tuples",
        "Rows of messages that vacuum has not cleared away",
        Figures::deadTuples,
        registry);
  }

  private void gauge(
      String name, String text, ToDoubleFunction<Figures> figure, MeterRegistry registry) {
    Gauge.builder(name, () -> figure.applyAsDouble(figures()))
        .description(text + "; not a number while Postgres is away")
        .register(registry);
  }

  private synchronized Figures figures() {
    Figures known = figures;
    if (known == null || System.nanoTime() - goodUntil >= 0) {
      known = ask();
      figures = known;
      goodUntil = System.nanoTime() + GOOD_FOR_NANOS;
    }
    return known;
  }

  private Figures ask() {
    try {
      return jdbc.sql(
              """
              select count(*) filter (where visible_at <= now()) as ready,
                count(*) filter (where visible_at > now() and lease is not null) as leased,
                coalesce(extract(epoch from now() - min(visible_at)
                  filter (where visible_at <= now())), 0)::float8 as oldest,
                (select n_dead_tup from pg_stat_user_tables where relname = 'message') as tuples
              from (select visible_at, lease from message limit :most) as counted
              """)
          .param("most", MOST)
          .query((row, _) ->
              new Figures(
                  row.getDouble("ready"),
                  row.getDouble("leased"),
                  row.getDouble("oldest"),
                  row.getDouble("tuples")))
          .single();
    } catch (DataAccessException e) {
      log.warn("queues=uncounted reason=\"{}\"", e.getMessage());
      return Figures.UNKNOWN;
    }
  }
}
