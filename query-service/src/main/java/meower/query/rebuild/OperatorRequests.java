package meower.query.rebuild;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import meower.nats.NatsLink;
import meower.nats.RequestListener;
import meower.nats.RequestRefusedException;
import meower.query.deadletter.DeadLetters;
import meower.query.model.FindRequest;
import meower.query.model.IndexRequests;
import meower.query.search.MatchingMeows;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Answers what operators ask over NATS, see {@link IndexRequests}; one instance answers each. */
@Configuration(proxyBeanMethods = false)
class OperatorRequests {

  @Bean
  RequestListener requestListener(
      NatsLink link,
      Rebuild rebuild,
      Requeue requeue,
      DeadLetters deadLetters,
      MatchingMeows matching) {
    return new RequestListener(
        link,
        "query-service",
        Map.of(
            IndexRequests.REBUILD, _ -> rebuild.begin().encode(),
            IndexRequests.STATUS, _ -> rebuild.status().encode(),
            IndexRequests.REQUEUE, request -> requeue.on(number(request)).encode(),
            IndexRequests.DISCARD, request -> discard(deadLetters, number(request)),
            IndexRequests.FIND, request -> matching.find(FindRequest.decode(request)).encode()));
  }

  private static byte[] discard(DeadLetters deadLetters, long number)
      throws RequestRefusedException, IOException, JetStreamApiException {
    if (deadLetters.find(number).isEmpty()) {
      throw new RequestRefusedException("There is no dead letter " + number + ".");
    }
    deadLetters.delete(number);
    return new byte[0];
  }

  private static long number(byte[] request) throws RequestRefusedException {
    String text = new String(request, StandardCharsets.US_ASCII);
    if (!text.matches("[0-9]{1,18}")) {
      throw new RequestRefusedException("A dead letter has a number.");
    }
    return Long.parseLong(text);
  }
}
