package meower.database;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Brings the schema up to date in the background, as soon as Postgres is there.
 *
 * <p>So the service starts while Postgres is away, and answers 503 until the schema is right.
 */
public final class SchemaMigration implements BackgroundWork, HealthIndicator {

  private static final Logger log = LoggerFactory.getLogger(SchemaMigration.class);
  private static final Duration START = Duration.ofSeconds(5);

  private final Flyway flyway;
  private final Optional<MissingDatabase> database;
  private final CountDownLatch migrated = new CountDownLatch(1);
  private final BackgroundLoop loop =
      new BackgroundLoop("schema-migration", Backoff.DEFAULT, this::migrate);

  /**
   * @param database is made when it is missing, where a service has one that others may not know
   */
  SchemaMigration(Flyway flyway, Optional<MissingDatabase> database) {
    this.flyway = flyway;
    this.database = database;
  }

  /** Tells whether the schema is up to date. */
  public boolean isDone() {
    return migrated.getCount() == 0;
  }

  /**
   * Waits until the schema is up to date.
   *
   * @return whether it is, after at most the given time
   */
  public boolean await(Duration timeout) throws InterruptedException {
    return migrated.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public Health health() {
    return isDone() ? Health.up().build() : Health.outOfService().build();
  }

  /**
   * Begins, and waits a moment: the web server comes after this, and a service that has just been
   * started is not to refuse the first posts.
   */
  @Override
  public void start() {
    loop.start();
    try {
      if (!await(START)) {
        log.info("schema=awaited");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  private void migrate() throws Exception {
    if (!isDone()) {
      if (database.isPresent()) {
        database.get().createIfAbsent();
      }
      flyway.migrate();
      migrated.countDown();
    }
    new CountDownLatch(1).await();
  }
}
