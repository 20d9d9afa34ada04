package meower.query.rebuild;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import meower.nats.BackgroundLoop;
import meower.nats.BackgroundWork;
import meower.nats.Backoff;
import meower.nats.NatsLink;
import meower.query.deadletter.DeadLetters;
import meower.schema.IndexRequests;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Answers what operators ask over NATS, see {@link IndexRequests}; one instance answers each. */
@Component
class OperatorRequests implements BackgroundWork {

  private static final Logger log = LoggerFactory.getLogger(OperatorRequests.class);
  private static final String QUEUE = "query-service";
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  /** Returns the payload of the answer. */
  @FunctionalInterface
  private interface Handler {
    byte[] answer(Message request) throws Exception;
  }

  private final NatsLink link;
  private final Map<String, Handler> handlers;
  private final BackgroundLoop loop =
      new BackgroundLoop("operator-requests", Backoff.DEFAULT, this::listen);
  private @Nullable Connection heard;

  OperatorRequests(NatsLink link, Rebuild rebuild, Requeue requeue) {
    this.link = link;
    this.handlers =
        Map.of(
            IndexRequests.REBUILD, _ -> rebuild.begin().encode(),
            IndexRequests.STATUS, _ -> rebuild.status().encode(),
            IndexRequests.REQUEUE, request -> requeue.on(number(request)).encode());
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  /** A connection that was given up is replaced by another one, which has to be listened to. */
  private void listen() throws Exception {
    Connection connection = link.connection();
    if (!connection.equals(heard)) {
      Dispatcher dispatcher = connection.createDispatcher(m -> answer(connection, m));
      handlers.keySet().forEach(subject -> dispatcher.subscribe(subject, QUEUE));
      heard = connection;
    }
    Thread.sleep(POLL_INTERVAL);
  }

  private static long number(Message request) throws RequestRefusedException {
    String text = new String(request.getData(), StandardCharsets.US_ASCII);
    if (!text.matches("[0-9]{1,18}")) {
      throw new RequestRefusedException("A dead letter has a number.");
    }
    return Long.parseLong(text);
  }

  private void answer(Connection connection, Message request) {
    NatsMessage.Builder answer = NatsMessage.builder().subject(request.getReplyTo());
    try {
      Handler handler = handlers.get(request.getSubject());
      if (handler != null) {
        answer.data(handler.answer(request));
      }
    } catch (Exception e) {
      String reason = String.valueOf(e instanceof RequestRefusedException ? e.getMessage() : e);
      log.warn("request={} state=failed reason=\"{}\"", request.getSubject(), reason);
      answer.headers(new Headers().put(IndexRequests.ERROR, DeadLetters.oneLine(reason)));
    }
    if (request.getReplyTo() != null) {
      connection.publish(answer.build());
    }
  }
}
