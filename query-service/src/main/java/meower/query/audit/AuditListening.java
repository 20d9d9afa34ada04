package meower.query.audit;

import static meower.schema.audit.AuditRequests.decode;
import static meower.schema.audit.AuditRequests.encode;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import meower.nats.NatsLink;
import meower.nats.RequestListener;
import meower.nats.RequestRefusedException;
import meower.query.model.audit.IndexAuditRequests;
import meower.query.model.audit.IndexMending;
import meower.query.model.audit.IndexRange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Answers audits on a thread of their own: no other request of an operator waits for them. */
@Configuration(proxyBeanMethods = false)
class AuditListening {

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
    return new RequestListener(link, "query-service", withElasticsearch(handlers));
  }

  /** Who asks has no log of Elasticsearch: that it is away is said in words. */
  private static Map<String, RequestListener.Handler> withElasticsearch(
      Map<String, RequestListener.Handler> handlers) {
    Map<String, RequestListener.Handler> careful = new HashMap<>();
    handlers.forEach((subject, handler) ->
        careful.put(
            subject,
            request -> {
              try {
                return handler.answer(request);
              } catch (IOException e) {
                throw new RequestRefusedException(
                    "Elasticsearch does not answer. Start it, or wait until it is back.");
              }
            }));
    return careful;
  }
}
