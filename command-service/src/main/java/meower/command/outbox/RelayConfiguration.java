package meower.command.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import meower.command.database.OlderInstances;
import meower.command.event.TextRules;
import meower.command.ledger.StreamKeeper;
import meower.command.ledger.StreamProperties;
import meower.command.ledger.StreamSigning;
import meower.command.ledger.StreamStatus;
import meower.command.ledger.UnknownEvents;
import meower.database.DirectConnections;
import meower.database.SchemaMigration;
import meower.nats.NatsLink;
import meower.schema.signing.EventSignatures;
import meower.stream.Streams;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The relay with a database connection of its own, beside the pool of the requests. */
@Configuration(proxyBeanMethods = false)
class RelayConfiguration {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Bean
  OutboxRelay outboxRelay(
      JdbcConnectionDetails database,
      SchemaMigration schema,
      RelayWakeup wakeup,
      NatsLink link,
      Streams streams,
      EventSignatures signatures,
      OlderInstances olderInstances,
      StreamStatus status,
      StreamProperties properties,
      TextRules rules,
      MeterRegistry metrics) {
    return new OutboxRelay(
        DirectConnections.to(database, "command-service events keys signed relay", TIMEOUT),
        schema,
        wakeup,
        session ->
            new StreamKeeper(
                session.ledger(),
                session.refillSource(),
                link,
                streams,
                signatures,
                new StreamSigning(session.ledger(), streams, signatures, olderInstances::doNotSign),
                new UnknownEvents(session.eventImport(rules), properties.unknown(), status),
                status),
        metrics);
  }
}
