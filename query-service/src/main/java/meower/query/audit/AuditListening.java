package meower.query.audit;

import static meower.schema.audit.AuditRequests.decode;
import static meower.schema.audit.AuditRequests.encode;

import java.io.IOException;
import java.util.Map;
import meower.nats.NatsLink;
import meower.nats.RequestListener;
import meower.query.model.audit.IndexAuditRequests;
import meower.query.model.audit.IndexMending;
import meower.query.model.audit.IndexRange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Answers audits on a thread of their own: no other request of an operator waits for them. */
@Configuration(proxyBeanMethods = false)
class AuditListening {

  private static final RequestListener.Storage ELASTICSEARCH =
      new RequestListener.Storage("Elasticsearch", IOException.class::isInstance);

  @Bean
  RequestListener auditRequests(NatsLink link, IndexReader index, IndexRepair repair) {
    Map<String, RequestListener.Handler> handlers =
        Map.of(
            IndexAuditRequests.SUMMARY,
            _ -> encode(index.summary()),
            IndexAuditRequests.CHECKSUM,
            request -> encode(index.checksum(decode(request, IndexRange.class))),
            IndexAuditRequests.ENTRIES,
            request -> encode(index.entries(decode(request, IndexRange.class))),
            IndexAuditRequests.MEND,
            request -> encode(repair.mend(decode(request, IndexMending.class))));
    return new RequestListener(link, "query-service", ELASTICSEARCH, handlers);
  }
}
