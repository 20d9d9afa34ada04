package meower.command.post;

import java.time.Clock;
import java.time.Duration;
import meower.database.SchemaMigration;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Deletes idempotency keys that do not count any more, so that their table does not grow. */
@Component
class KeyExpiry implements BackgroundWork {

  private static final Logger log = LoggerFactory.getLogger(KeyExpiry.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final int AT_ONCE = 10_000;

  private final IdempotencyKeys keys;
  private final SchemaMigration schema;
  private final Clock clock;
  private final BackgroundLoop loop = new BackgroundLoop("key-expiry", Backoff.DEFAULT, this::run);

  KeyExpiry(IdempotencyKeys keys, SchemaMigration schema, Clock clock) {
    this.keys = keys;
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
    int forgotten = keys.forget(clock.instant(), AT_ONCE);
    log.debug("idempotency-keys state=forgotten count={}", forgotten);
    if (forgotten < AT_ONCE) {
      Thread.sleep(INTERVAL);
    }
  }
}
