package meower.stream;

import io.nats.client.FetchConsumer;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.Message;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a request for messages brings until the server has said that it is over.
 *
 * <p>The client ends a request by its own clock, and the server later by its own. What the server
 * sends in between nobody would take: it would come again only after the consumer's time for
 * acknowledgements.
 */
public final class Fetches {

  /**
   * How long the server may be later. One that never says that it is over, as servers before 2.9.15
   * sometimes do, costs that much.
   */
  private static final Duration GRACE = Duration.ofMillis(300);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

  private Fetches() {}

  /** Returns the next message, waiting for it; nothing when there are no more. */
  public static @Nullable Message next(FetchConsumer request)
      throws InterruptedException, JetStreamStatusCheckedException {
    @Nullable Message message = request.nextMessage();
    if (message == null && !request.isFinished()) {
      awaitEnd(request);
      message = request.nextMessage();
    }
    return message;
  }

  private static void awaitEnd(FetchConsumer request) throws InterruptedException {
    long end = System.nanoTime() + GRACE.toNanos();
    while (!request.isStopped() && System.nanoTime() - end < 0) {
      Thread.sleep(POLL_INTERVAL);
    }
  }
}
