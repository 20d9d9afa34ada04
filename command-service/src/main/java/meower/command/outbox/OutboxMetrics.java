package meower.command.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How much waits in the outbox, asked of the database whenever metrics are read.
 *
 * <p>Near zero in normal operation; it grows while NATS is away and must fall again afterwards.
 * Counting stops at {@value #MOST}, so that reading metrics stays cheap during a long outage.
 */
@Component
class OutboxMetrics implements MeterBinder {

  private static final int MOST = 100_000;

  private final JdbcClient jdbc;

  OutboxMetrics(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("meower.outbox.pending", this::pending)
        .description(
            "Messages that the stream has not acknowledged; not a number while Postgres is away")
        .register(registry);
  }

  private double pending() {
    try {
      return jdbc.sql("select count(*) from (select from outbox limit :most) as waiting")
          .param("most", MOST)
          .query(Long.class)
          .single();
    } catch (DataAccessException e) {
      return Double.NaN;
    }
  }
}
