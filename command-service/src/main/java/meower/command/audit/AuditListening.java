package meower.command.audit;

import static meower.schema.audit.AuditRequests.decode;
import static meower.schema.audit.AuditRequests.encode;

import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import meower.command.outbox.RelayWakeup;
import meower.database.ConnectionFailures;
import meower.database.DirectConnections;
import meower.database.SchemaMigration;
import meower.nats.NatsLink;
import meower.nats.RequestListener;
import meower.schema.audit.AuditRequests;
import meower.schema.audit.LedgerMending;
import meower.schema.audit.LedgerMeows;
import meower.schema.audit.LedgerRange;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Answers audits on a thread and on database connections of their own: neither a post nor a removal
 * waits for them.
 */
@Configuration(proxyBeanMethods = false)
class AuditListening {

  private static final RequestListener.Storage POSTGRES =
      new RequestListener.Storage("Postgres", ConnectionFailures::includes);

  private static final Duration TIMEOUT = Duration.ofSeconds(25);

  @Bean
  RequestListener auditRequests(
      JdbcConnectionDetails database, NatsLink link, SchemaMigration schema, RelayWakeup relay) {
    DataSource connections =
        DirectConnections.to(database, "command-service events keys signed audit", TIMEOUT);
    JdbcClient jdbc = JdbcClient.create(connections);
    LedgerReader ledger = new LedgerReader(jdbc);
    LedgerRepair repair = new LedgerRepair(jdbc, schema, link, relay);
    Map<String, RequestListener.Handler> handlers =
        Map.of(
            AuditRequests.LEDGER_EPOCH,
            _ -> encode(ledger.epoch()),
            AuditRequests.LEDGER_STATUS,
            _ -> encode(ledger.status()),
            AuditRequests.LEDGER_CHECKSUM,
            request -> encode(ledger.checksum(decode(request, LedgerRange.class))),
            AuditRequests.LEDGER_ENTRIES,
            request -> encode(ledger.entries(decode(request, LedgerRange.class))),
            AuditRequests.LEDGER_MEOWS,
            request -> encode(ledger.meows(decode(request, LedgerMeows.class))),
            AuditRequests.LEDGER_CONTRADICTIONS,
            request -> encode(ledger.contradictions(decode(request, LedgerRange.class))),
            AuditRequests.LEDGER_MEND,
            request -> encode(repair.mend(decode(request, LedgerMending.class))));
    return new RequestListener(link, "command-service", POSTGRES, handlers);
  }
}
