package meower.command.database;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/**
 * Brings the schema up to date in the background, as soon as Postgres is there.
 *
 * <p>So the service starts while Postgres is away, and answers 503 until the schema is right.
 */
@Component("schema")
public final class SchemaMigration implements BackgroundWork, HealthIndicator {

  private static final Logger log = LoggerFactory.getLogger(SchemaMigration.class);
  private static final Duration START = Duration.ofSeconds(5);

  private final Flyway flyway;
  private final CountDownLatch migrated = new CountDownLatch(1);
  private final BackgroundLoop loop =
      new BackgroundLoop("schema-migration", Backoff.DEFAULT, this::migrate);

  SchemaMigration(Flyway flyway) {
    this.flyway = flyway;
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

  private void migrate() throws InterruptedException {
    if (!isDone()) {
      flyway.migrate();
      migrated.countDown();
    }
    new CountDownLatch(1).await();
  }

  @Configuration(proxyBeanMethods = false)
  static class NotWhileStarting {

    /** A migration of many rows may take longer than the answer to a request. */
    @Bean(defaultCandidate = false)
    @FlywayDataSource
    DataSource migrationDataSource(JdbcConnectionDetails database) {
      return DirectConnections.to(database, "command-service events migration", Duration.ZERO);
    }

    @Bean
    FlywayMigrationStrategy notWhileStarting() {
      return _ -> {};
    }
  }
}
