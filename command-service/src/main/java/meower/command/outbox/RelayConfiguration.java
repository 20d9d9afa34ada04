package meower.command.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Properties;
import javax.sql.DataSource;
import meower.command.database.SchemaMigration;
import meower.nats.NatsLink;
import meower.nats.Streams;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The relay with a database connection of its own, beside the pool of the requests. */
@Configuration(proxyBeanMethods = false)
class RelayConfiguration {

  @Bean
  OutboxRelay outboxRelay(
      JdbcConnectionDetails database,
      SchemaMigration schema,
      RelayWakeup wakeup,
      NatsLink link,
      Streams streams,
      MeterRegistry metrics) {
    return new OutboxRelay(
        ownConnection(database), schema, wakeup, new StreamPublisher(link, streams), metrics);
  }

  private static DataSource ownConnection(JdbcConnectionDetails database) {
    Properties settings = new Properties();
    settings.setProperty("ApplicationName", "command-service relay");
    settings.setProperty("connectTimeout", "2");
    settings.setProperty("socketTimeout", "10");
    settings.setProperty("tcpKeepAlive", "true");
    if (database.getUsername() != null) {
      settings.setProperty("user", database.getUsername());
    }
    if (database.getPassword() != null) {
      settings.setProperty("password", database.getPassword());
    }
    return new DriverManagerDataSource(database.getJdbcUrl(), settings);
  }
}
