package meower.program.operator;

import static meower.schema.audit.AuditRequests.decode;

import java.util.Map;
import meower.nats.NatsLink;
import meower.nats.RequestListener;
import meower.nats.RequestRefusedException;
import meower.program.outbound.OutboundCalls;
import meower.program.request.Postgres;
import meower.program.source.SourceDefinition;
import meower.program.source.Sources;
import meower.schema.presence.PresenceRequests;
import meower.schema.presence.StatusUrl;
import meower.web.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets operators say where the objects of a program are looked up. */
@Configuration(proxyBeanMethods = false)
class PresenceListening {

  private static final Logger log = LoggerFactory.getLogger(PresenceListening.class);
  private static final byte[] DONE = {};

  @Bean
  RequestListener presenceRequests(NatsLink link, Sources sources, OutboundCalls calls) {
    Map<String, RequestListener.Handler> handlers =
        Map.of(
            PresenceRequests.CHECK,
            request -> {
              definition(decode(request, StatusUrl.class), calls);
              return DONE;
            },
            PresenceRequests.DEFINE,
            request -> {
              StatusUrl wanted = decode(request, StatusUrl.class);
              sources.define(wanted.program(), definition(wanted, calls));
              log.info("program={} presence=defined", wanted.program());
              return DONE;
            });
    return new RequestListener(
        link,
        "program-service",
        new RequestListener.Storage("Postgres", Postgres::isAway),
        handlers);
  }

  private static SourceDefinition definition(StatusUrl wanted, OutboundCalls calls)
      throws RequestRefusedException {
    try {
      return SourceDefinition.at(wanted.url(), calls);
    } catch (ProblemException e) {
      throw new RequestRefusedException(String.valueOf(e.getBody().getDetail()));
    }
  }
}
