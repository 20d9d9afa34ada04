package meower.operations.connection;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import meower.nats.RequestListener;
import meower.nats.RequestSender;
import meower.schema.audit.AuditRequests;

/** Asks a service something over NATS; any one instance of it answers. */
public final class ServiceRequest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** So long nobody may listen: an instance that has just started begins to a moment later. */
  private static final Duration START = Duration.ofSeconds(3);

  private static final Duration RETRY_INTERVAL = Duration.ofMillis(250);
  private static final String QUERY = "query-service";
  private static final String COMMAND = "command-service";
  private static final String PROGRAM = "program-service";
  private static final byte[] NOTHING = {};

  /** How a request gets to NATS. */
  @FunctionalInterface
  private interface Sender {
    Optional<Message> send(String subject, byte[] request) throws Exception;
  }

  private final Sender sender;
  private final String service;

  private ServiceRequest(Sender sender, String service) {
    this.sender = sender;
    this.service = service;
  }

  public static ServiceRequest toQuery(Servers servers) {
    return new ServiceRequest(over(servers), QUERY);
  }

  public static ServiceRequest toCommand(Servers servers) {
    return new ServiceRequest(over(servers), COMMAND);
  }

  public static ServiceRequest toProgram(Servers servers) {
    return new ServiceRequest(over(servers), PROGRAM);
  }

  /** Asks over a connection that lasts, for whoever asks much. */
  public static ServiceRequest toQuery(Connection nats) {
    return new ServiceRequest(over(nats), QUERY);
  }

  /** Asks over a connection that lasts, for whoever asks much. */
  public static ServiceRequest toCommand(Connection nats) {
    return new ServiceRequest(over(nats), COMMAND);
  }

  /** Asks in words, see {@link #ask(String, byte[])}. */
  public byte[] ask(String subject, String request) throws Exception {
    return ask(subject, request.getBytes(StandardCharsets.UTF_8));
  }

  /** Asks what needs no further words, see {@link #ask(String, byte[])}. */
  public <T> T ask(String subject, Class<T> answer) throws Exception {
    return AuditRequests.decode(ask(subject, NOTHING), answer);
  }

  /** Asks in JSON, see {@link #ask(String, byte[])}. */
  public <T> T ask(String subject, Object request, Class<T> answer) throws Exception {
    return AuditRequests.decode(ask(subject, AuditRequests.encode(request)), answer);
  }

  /**
   * Returns the answer.
   *
   * @param subject one of those that the service listens to
   * @throws OperationFailedException if nobody answers, or if the answer is why it cannot be done
   */
  public byte[] ask(String subject, byte[] request) throws Exception {
    Message answer =
        answer(subject, request)
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

  /** Who waited for an answer in vain does not ask again: that is longer than this. */
  private Optional<Message> answer(String subject, byte[] request) throws Exception {
    long asked = System.nanoTime();
    Optional<Message> answer = sender.send(subject, request);
    while (answer.isEmpty() && System.nanoTime() - asked < START.toNanos()) {
      Thread.sleep(RETRY_INTERVAL);
      answer = sender.send(subject, request);
    }
    return answer;
  }

  private static Sender over(Servers servers) {
    return (subject, request) -> servers.withNats(nats -> over(nats).send(subject, request));
  }

  private static Sender over(Connection nats) {
    return (subject, request) -> RequestSender.send(nats, subject, request, TIMEOUT);
  }
}
