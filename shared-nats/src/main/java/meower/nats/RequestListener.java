package meower.nats;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests over NATS; of the instances of a service one answers each.
 *
 * <p>The subjects are outside of what any stream takes in: nobody needs a request after its moment.
 */
public final class RequestListener implements BackgroundWork {

  /** Header of an answer: why the request was not carried out, one line of text. */
  public static final String ERROR = "Meower-Error";

  private static final Logger log = LoggerFactory.getLogger(RequestListener.class);
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
  private static final int MAX_REASON = 500;

  /** Returns the payload of the answer. */
  @FunctionalInterface
  public interface Handler {

    /**
     * Answers.
     *
     * @throws RequestRefusedException if the request makes no sense, in words for who asks
     * @throws Exception if it could not be carried out
     */
    byte[] answer(byte[] request) throws Exception;
  }

  /**
   * A server without which no request can be carried out. That it is away is said in words: whoever
   * asks has no log of it.
   *
   * @param name how operators call it
   * @param isAway whether a request failed because of that
   */
  public record Storage(String name, Predicate<Exception> isAway) {

    static final Storage NONE = new Storage("", _ -> false);
  }

  private final NatsLink link;
  private final String service;
  private final Storage storage;
  private final Map<String, Handler> handlers;
  private final BackgroundLoop loop =
      new BackgroundLoop("operator-requests", Backoff.DEFAULT, this::listen);
  private @Nullable Connection heard;

  /**
   * @param service whose instances take turns
   * @param handlers by subject
   */
  public RequestListener(NatsLink link, String service, Map<String, Handler> handlers) {
    this(link, service, Storage.NONE, handlers);
  }

  /**
   * The same for handlers that need a server behind the service.
   *
   * @param service whose instances take turns
   * @param handlers by subject
   */
  public RequestListener(
      NatsLink link, String service, Storage storage, Map<String, Handler> handlers) {
    this.link = link;
    this.service = service;
    this.storage = storage;
    this.handlers = Map.copyOf(handlers);
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
      handlers.keySet().forEach(subject -> dispatcher.subscribe(subject, service));
      heard = connection;
    }
    Thread.sleep(POLL_INTERVAL);
  }

  private void answer(Connection connection, Message request) {
    NatsMessage.Builder answer = NatsMessage.builder().subject(request.getReplyTo());
    try {
      Handler handler = handlers.get(request.getSubject());
      if (handler != null) {
        answer.data(handler.answer(request.getData()));
      }
    } catch (Exception e) {
      String reason = reason(e);
      log.warn("request={} state=failed reason=\"{}\"", request.getSubject(), reason);
      answer.headers(new Headers().put(ERROR, oneLine(reason)));
    }
    if (request.getReplyTo() != null) {
      connection.publish(answer.build());
    }
  }

  private String reason(Exception e) {
    if (e instanceof RequestRefusedException) {
      return String.valueOf(e.getMessage());
    }
    return storage.isAway().test(e)
        ? storage.name() + " does not answer. Start it, or wait until it is back."
        : e.toString();
  }

  /** Headers take printable ASCII only. */
  private static String oneLine(String text) {
    String plain = text.replaceAll("[^\\x20-\\x7E]+", " ");
    return plain.length() <= MAX_REASON ? plain : plain.substring(0, MAX_REASON);
  }
}
