package meower.query.index;

import io.nats.client.ConsumeOptions;
import io.nats.client.ConsumerContext;
import io.nats.client.IterableConsumer;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes messages as they come: one alone when it is quiet, as many as wait when there is a backlog.
 */
final class Batches {

  /** How long one request for messages lives; longer ones stall after NATS was restarted. */
  private static final Duration REQUEST = Duration.ofSeconds(2);

  private static final Duration LAST_MESSAGES = Duration.ofMillis(100);

  private final IterableConsumer messages;
  private final int limit;

  Batches(ConsumerContext consumer, int limit) throws IOException, JetStreamApiException {
    this.limit = limit;
    messages =
        consumer.iterate(
            ConsumeOptions.builder().batchSize(limit).expiresIn(REQUEST.toMillis()).build());
  }

  /** Returns what is there; waits for the first message only, and returns nothing if none came. */
  List<Message> next(Duration wait) throws InterruptedException, JetStreamStatusCheckedException {
    List<Message> batch = new ArrayList<>();
    Message message = messages.nextMessage(wait);
    while (message != null) {
      batch.add(message);
      message = batch.size() < limit ? messages.nextMessage((Duration) null) : null;
    }
    return batch;
  }

  /**
   * Gives back what has been sent here and was not taken: otherwise everybody would wait for it
   * until the server has missed the acknowledgements.
   */
  void giveBack() throws Exception {
    messages.stop();
    long end = System.nanoTime() + REQUEST.plus(REQUEST).toNanos();
    while (!messages.isFinished() && System.nanoTime() < end) {
      Message message = messages.nextMessage(LAST_MESSAGES);
      if (message != null) {
        message.nak();
      }
    }
    messages.close();
  }
}
