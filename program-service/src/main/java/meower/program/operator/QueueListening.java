package meower.program.operator;

import static meower.schema.audit.AuditRequests.decode;
import static meower.schema.audit.AuditRequests.encode;

import java.util.Map;
import meower.nats.NatsLink;
import meower.nats.RequestListener;
import meower.program.request.Postgres;
import meower.schema.queue.QueueName;
import meower.schema.queue.QueueRequests;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Answers operators. */
@Configuration(proxyBeanMethods = false)
class QueueListening {

  private static final RequestListener.Storage POSTGRES =
      new RequestListener.Storage("Postgres", Postgres::isAway);

  @Bean
  RequestListener queueRequests(NatsLink link, QueueDesk desk) {
    Map<String, RequestListener.Handler> handlers =
        Map.of(
            QueueRequests.LIST,
            _ -> encode(desk.list()),
            QueueRequests.SHOW,
            request -> encode(desk.show(name(request))),
            QueueRequests.DEAD_LETTERS,
            request -> encode(desk.deadLetters(name(request))),
            QueueRequests.REQUEUE,
            request -> encode(desk.requeue(name(request))),
            QueueRequests.PAUSE,
            request -> encode(desk.pause(name(request), true)),
            QueueRequests.RESUME,
            request -> encode(desk.pause(name(request), false)));
    return new RequestListener(link, "program-service", POSTGRES, handlers);
  }

  private static QueueName name(byte[] request) {
    return decode(request, QueueName.class);
  }
}
