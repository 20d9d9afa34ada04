package meower.nats;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Asks what a {@link RequestListener} answers.
 *
 * <p>The answer comes to a subject beside those that the answers of JetStream come to, and only
 * there a service may publish. So none can pretend what JetStream says, and the server need not
 * remember for every message that it delivers who may answer it, which takes it all of its time
 * when there are many.
 */
public final class RequestSender {

  private static final String ANSWERS = "answer.";
  private static final int NOBODY_LISTENS = 503;

  private RequestSender() {}

  /**
   * Returns the answer, or nothing when nobody listens or none has come in time.
   *
   * @param timeout how long the answer is waited for
   * @throws InterruptedException when the work is being stopped
   */
  public static Optional<Message> send(
      Connection nats, String subject, byte[] request, Duration timeout)
      throws InterruptedException {
    String answers = nats.getOptions().getInboxPrefix() + ANSWERS + UUID.randomUUID();
    Subscription subscription = nats.subscribe(answers);
    try {
      nats.publish(subject, answers, request);
      return Optional.ofNullable(subscription.nextMessage(timeout))
          .filter(message -> !isNobodyListening(message));
    } catch (IllegalStateException e) {
      return Optional.empty(); // the connection was closed meanwhile
    } finally {
      if (subscription.isActive()) {
        subscription.unsubscribe();
      }
    }
  }

  private static boolean isNobodyListening(Message message) {
    return message.isStatusMessage() && message.getStatus().getCode() == NOBODY_LISTENS;
  }
}
