package meower.query.projection;

import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import meower.query.deadletter.DeadLetters;
import meower.query.index.MeowIndex;
import meower.query.index.StreamEvent;
import meower.schema.MalformedEventException;
import meower.schema.Position;
import meower.stream.Streams;
import meower.stream.signing.UndecidedException;
import meower.work.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Brings messages into an index and settles every one of them.
 *
 * <p>A message is acknowledged only when the index has it, given back when the next try may help,
 * and parked when none ever will.
 */
@Component
class Projection {

  private static final Logger log = LoggerFactory.getLogger(Projection.class);

  /** Short: everything behind the message waits for it, and a loop that fails pauses anyway. */
  private static final Backoff AGAIN = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

  private final Streams streams;
  private final BulkWriter writer;
  private final DeadLetters deadLetters;
  private final ProjectionMetrics metrics;

  Projection(
      Streams streams, BulkWriter writer, DeadLetters deadLetters, ProjectionMetrics metrics) {
    this.streams = streams;
    this.writer = writer;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
  }

  /**
   * Settles a batch.
   *
   * @param visibility of what it brings
   * @throws IndexingFailedException if messages had to be given back
   */
  void on(MeowIndex index, List<Message> batch, Visibility visibility)
      throws IndexingFailedException {
    metrics.batch(batch.size());
    List<String> failures = new ArrayList<>();
    List<Message> readable = new ArrayList<>();
    List<StreamEvent> events = new ArrayList<>();
    for (Message message : batch) {
      try {
        events.add(StreamEvent.of(message, streams.events(), index.epoch()));
        readable.add(message);
      } catch (MalformedEventException e) {
        settle(index, message, WriteOutcome.Impossible.of(e), failures);
      } catch (UndecidedException e) {
        giveBack(message, e.toString(), failures);
      }
    }
    List<WriteOutcome> outcomes = writer.write(index, events, visibility);
    for (int i = 0; i < readable.size(); i++) {
      settle(index, readable.get(i), outcomes.get(i), failures);
    }
    if (!failures.isEmpty()) {
      throw new IndexingFailedException(
          failures.size() + " of " + batch.size() + " given back: " + failures.getFirst());
    }
  }

  private void settle(
      MeowIndex index, Message message, WriteOutcome outcome, List<String> failures) {
    switch (outcome) {
      case WriteOutcome.Indexed _ -> {
        message.ack();
        metrics.indexed();
      }
      case WriteOutcome.AlreadyThere _ -> {
        message.ack();
        metrics.repeated();
      }
      case WriteOutcome.Failed failed -> giveBack(message, failed.reason(), failures);
      case WriteOutcome.Impossible impossible ->
          park(index, message, impossible.reason(), failures);
    }
  }

  private void giveBack(Message message, String reason, List<String> failures) {
    int deliveries = Math.clamp(message.metaData().deliveredCount(), 1, Integer.MAX_VALUE);
    message.nakWithDelay(AGAIN.delay(deliveries, ThreadLocalRandom.current()));
    metrics.retried();
    failures.add(reason);
  }

  private void park(MeowIndex index, Message message, String reason, List<String> failures) {
    Position position = new Position(index.epoch(), message.metaData().streamSequence());
    try {
      deadLetters.park(message, position, reason);
    } catch (IOException | JetStreamApiException e) {
      giveBack(message, "parking position " + position + ": " + e, failures);
      return;
    }
    message.term();
    metrics.parked();
    log.warn("position={} state=parked reason=\"{}\"", position, reason);
  }
}
