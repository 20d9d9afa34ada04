package meower.operations.connection;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import meower.nats.RequestListener;

/** Asks a service something over NATS; any one instance of it answers. */
public final class ServiceRequest {

  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final Servers servers;
  private final String service;

  private ServiceRequest(Servers servers, String service) {
    this.servers = servers;
    this.service = service;
  }

  public static ServiceRequest toQuery(Servers servers) {
    return new ServiceRequest(servers, "query-service");
  }

  public static ServiceRequest toCommand(Servers servers) {
    return new ServiceRequest(servers, "command-service");
  }

  /** Asks in words, see {@link #ask(String, byte[])}. */
  public byte[] ask(String subject, String request) throws Exception {
    return ask(subject, request.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns the answer.
   *
   * @param subject one of those that the service listens to
   * @throws OperationFailedException if nobody answers, or if the answer is why it cannot be done
   */
  public byte[] ask(String subject, byte[] request) throws Exception {
    Message answer =
        servers
            .withNats(nats -> Optional.ofNullable(nats.request(subject, request, ANSWER)))
            .orElseThrow(() ->
                new OperationFailedException(
                    "The " + service + " does not answer. Start it, or wait until it is back."));
    Headers headers = answer.getHeaders();
    String error = headers == null ? null : headers.getFirst(RequestListener.ERROR);
    if (error != null) {
      throw new OperationFailedException(error);
    }
    return answer.getData();
  }
}
