package meower.query.projection;

import io.nats.client.ConsumerContext;
import io.nats.client.FetchConsumeOptions;
import io.nats.client.FetchConsumer;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import meower.stream.Fetches;

/**
 * Takes messages as they come: one alone when it is quiet, as many as wait when there is a backlog.
 *
 * <p>Nothing is taken in advance. What an instance holds when it dies, everybody waits for until
 * the server misses the acknowledgements, so it is to hold nothing but the batch that it writes.
 */
final class Batches {

  /** How long one request waits for a first message; short ones also survive a restart of NATS. */
  private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(1);

  private final ConsumerContext consumer;

  Batches(ConsumerContext consumer) {
    this.consumer = consumer;
  }

  /**
   * Returns what is there; waits for the first message only, and returns nothing if none came.
   *
   * @param most how many messages at most
   * @throws InterruptedException when the work is being stopped; nothing is held then
   * @throws Exception if NATS fails or refuses
   */
  List<Message> next(int most) throws Exception {
    List<Message> batch = new ArrayList<>();
    FetchConsumer request = consumer.fetch(options(most));
    try {
      drain(request, batch);
    } catch (InterruptedException e) {
      drain(request, batch);
      batch.forEach(Message::nak);
      throw e;
    } finally {
      request.close();
    }
    return batch;
  }

  private static FetchConsumeOptions options(int most) {
    return FetchConsumeOptions.builder()
        .maxMessages(most)
        .noWaitExpiresIn(FETCH_TIMEOUT.toMillis())
        .build();
  }

  private static void drain(FetchConsumer request, List<Message> batch)
      throws InterruptedException, JetStreamStatusCheckedException {
    for (Message m = Fetches.next(request); m != null; m = Fetches.next(request)) {
      batch.add(m);
    }
  }
}
