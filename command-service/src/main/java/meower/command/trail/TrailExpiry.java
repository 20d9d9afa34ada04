package meower.command.trail;

import java.time.Clock;
import java.time.Duration;
import meower.database.SchemaMigration;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Deletes from the trail what may not be known any more. */
@Component
class TrailExpiry implements BackgroundWork {

  private static final Logger log = LoggerFactory.getLogger(TrailExpiry.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final int AT_ONCE = 10_000;

  private final TrailStore trail;
  private final TrailProperties properties;
  private final SchemaMigration schema;
  private final Clock clock;
  private final BackgroundLoop loop =
      new BackgroundLoop("trail-expiry", Backoff.DEFAULT, this::run);

  TrailExpiry(TrailStore trail, TrailProperties properties, SchemaMigration schema, Clock clock) {
    this.trail = trail;
    this.properties = properties;
    this.schema = schema;
    this.clock = clock;
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  private void run() throws InterruptedException {
    if (!schema.await(INTERVAL)) {
      return;
    }
    int forgotten =
        trail.forget(clock.instant().minus(Duration.ofDays(properties.days())), AT_ONCE);
    log.debug("trail state=forgotten count={}", forgotten);
    if (forgotten < AT_ONCE) {
      Thread.sleep(INTERVAL);
    }
  }
}
