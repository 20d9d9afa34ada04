package meower.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
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
  private static final Duration SLOW = Duration.ofMinutes(1);
  private static final Duration ABSENT = Duration.ofSeconds(5);

  private final Flyway flyway;
  private final Optional<MissingDatabase> database;
  private final DataSource connections;
  private final CountDownLatch tried = new CountDownLatch(1);
  private final CountDownLatch migrated = new CountDownLatch(1);
  private final BackgroundLoop loop =
      new BackgroundLoop("schema-migration", Backoff.DEFAULT, this::migrate);

  /**
   * @param database is made when it is missing, where a service has one that others may not know
   * @param connections of the requests
   */
  SchemaMigration(Flyway flyway, Optional<MissingDatabase> database, DataSource connections) {
    this.flyway = flyway;
    this.database = database;
    this.connections = connections;
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
   * Begins, and waits: for as long as the first try takes, however slow the machine is, and a
   * moment more if it failed. The web server comes after this, and whoever asks an instance that
   * has just been started is not to be refused because of that.
   */
  @Override
  public void start() {
    loop.start();
    try {
      if (!tried.await(SLOW.toMillis(), TimeUnit.MILLISECONDS) || !await(ABSENT)) {
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
    try {
      if (!isDone()) {
        bringUpToDate();
      }
    } finally {
      tried.countDown();
    }
    new CountDownLatch(1).await();
  }

  private void bringUpToDate() throws SQLException {
    if (database.isPresent()) {
      database.get().createIfAbsent();
    }
    flyway.migrate();
    // The first request is not to wait until the pool has been filled.
    connections.getConnection().close();
    migrated.countDown();
  }
}
