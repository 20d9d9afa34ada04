package meower.command.ledger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Shows an operator what the relay had to do to the stream, as metrics and in {@code
 * /actuator/health}; it does not decide readiness.
 */
@Component("stream")
public final class StreamStatus implements HealthIndicator {

  private static final Logger log = LoggerFactory.getLogger(StreamStatus.class);

  private final JdbcClient jdbc;
  private final Counter refilled;
  private final Counter recreated;
  private final Counter adopted;
  private final Counter erased;
  private final Counter imported;
  private volatile long foreign;
  private volatile boolean refilling;

  StreamStatus(JdbcClient jdbc, MeterRegistry metrics) {
    this.jdbc = jdbc;
    refilled =
        Counter.builder("meower.stream.refilled")
            .description("Messages published again because the stream had lost them")
            .register(metrics);
    recreated =
        Counter.builder("meower.stream.recreated")
            .description("Times that the stream was made anew, with a new epoch")
            .register(metrics);
    adopted =
        Counter.builder("meower.stream.adopted")
            .description("Messages of the outbox that were found in the stream already")
            .register(metrics);
    imported =
        Counter.builder("meower.stream.imported")
            .description("Events that Postgres had lost and took in from the stream")
            .register(metrics);
    erased =
        Counter.builder("meower.stream.erased")
            .description("Messages taken out of the stream because their meows were deleted")
            .register(metrics);
    Gauge.builder("meower.stream.foreign", this, StreamStatus::countForeign)
        .description("Messages of the stream that are no meow of Postgres, or one it has twice")
        .register(metrics);
  }

  @Override
  public Health health() {
    long found = countForeign();
    if (found > 0) {
      return Health.down()
          .withDetail("foreign", found)
          .withDetail("reason", "The stream holds messages that Postgres does not know.")
          .build();
    }
    return Health.up().withDetail("refilling", refilling).build();
  }

  void refilled(int messages) {
    refilled.increment(messages);
  }

  void recreated() {
    recreated.increment();
  }

  void imported(int events) {
    imported.increment(events);
  }

  void erased(int messages) {
    erased.increment(messages);
  }

  void adopted(int messages) {
    adopted.increment(messages);
  }

  void refilling(boolean now) {
    refilling = now;
  }

  /** Every instance says it, whichever leads; while Postgres is away, what was true last. */
  private long countForeign() {
    try {
      foreign =
          jdbc.sql(
                  """
                  select count(*) from publication
                  where meow_seq is null and erasure <> 2
                    and epoch = (select max(number) from stream_epoch)
                  """)
              .query(Long.class)
              .single();
    } catch (DataAccessException e) {
      log.debug("foreign=unknown", e);
    }
    return foreign;
  }
}
