package meower.database;

import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a service imports that has rows of its own. */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {

  @Bean
  SchemaMigration schema(
      Flyway flyway, Optional<MissingDatabase> database, DataSource connections) {
    return new SchemaMigration(flyway, database, connections);
  }

  /**
   * A migration of many rows may take longer than the answer to a request, and makes tables: it may
   * be somebody else's business than the rows'.
   *
   * @param name how the connections of the requests are called
   * @param owner of the tables, when it is not who works with their rows
   */
  @Bean(defaultCandidate = false)
  @FlywayDataSource
  DataSource migrationDataSource(
      JdbcConnectionDetails database,
      @Value("${spring.datasource.hikari.data-source-properties.ApplicationName}") String name,
      @Value("${spring.flyway.user:}") String owner,
      @Value("${spring.flyway.password:}") String password) {
    String connections = name + " migration";
    return owner.isEmpty()
        ? DirectConnections.to(database, connections, Duration.ZERO)
        : DirectConnections.to(database.getJdbcUrl(), owner, password, connections, Duration.ZERO);
  }

  @Bean
  LockTimeout lockTimeout() {
    return new LockTimeout();
  }

  @Bean
  FlywayMigrationStrategy notWhileStarting() {
    return _ -> {};
  }
}
