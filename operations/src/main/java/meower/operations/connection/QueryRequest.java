package meower.operations.connection;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import meower.nats.RequestListener;
import meower.schema.IndexRequests;

/** Asks the query service something over NATS; any one instance of it answers. */
public final class QueryRequest {

  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final Servers servers;

  public QueryRequest(Servers servers) {
    this.servers = servers;
  }

  /**
   * Returns the answer.
   *
   * @param subject one of {@link IndexRequests}
   * @throws OperationFailedException if nobody answers, or if the answer is why it cannot be done
   */
  public byte[] ask(String subject, String request) throws Exception {
    byte[] payload = request.getBytes(StandardCharsets.UTF_8);
    Message answer =
        servers
            .withNats(nats -> Optional.ofNullable(nats.request(subject, payload, ANSWER)))
            .orElseThrow(() ->
                new OperationFailedException(
                    "The query-service does not answer. Start it, or wait until it is back."));
    Headers headers = answer.getHeaders();
    String error = headers == null ? null : headers.getFirst(RequestListener.ERROR);
    if (error != null) {
      throw new OperationFailedException(error);
    }
    return answer.getData();
  }
}
