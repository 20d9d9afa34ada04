package meower.program.operator;

import java.util.List;
import java.util.Optional;
import meower.nats.RequestRefusedException;
import meower.program.deadletter.DeadLetterStore;
import meower.program.queue.Counts;
import meower.program.queue.Queue;
import meower.program.queue.QueueStore;
import meower.program.queue.Queues;
import meower.program.receiver.Receiver;
import meower.program.receiver.ReceiverState;
import meower.program.receiver.ReceiverStore;
import meower.program.request.Durations;
import meower.program.waiting.Wakeups;
import meower.schema.queue.DeadLetterLine;
import meower.schema.queue.PushStatus;
import meower.schema.queue.QueueName;
import meower.schema.queue.QueueRequests;
import meower.schema.queue.QueueStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What operators may do with any queue. */
@Component
class QueueDesk {

  private static final Logger log = LoggerFactory.getLogger(QueueDesk.class);

  private final QueueStore store;
  private final Queues queues;
  private final DeadLetterStore letters;
  private final Wakeups wakeups;
  private final ReceiverStore receivers;

  QueueDesk(
      QueueStore store,
      Queues queues,
      DeadLetterStore letters,
      Wakeups wakeups,
      ReceiverStore receivers) {
    this.store = store;
    this.queues = queues;
    this.letters = letters;
    this.wakeups = wakeups;
    this.receivers = receivers;
  }

  List<QueueStatus> list() {
    return store.all(QueueRequests.MOST).stream().map(queue -> status(queue, 0)).toList();
  }

  QueueStatus show(QueueName name) throws RequestRefusedException {
    return status(find(name), 0);
  }

  List<DeadLetterLine> deadLetters(QueueName name) throws RequestRefusedException {
    return letters.list(find(name), QueueRequests.MOST, Optional.empty()).stream()
        .map(letter ->
            new DeadLetterLine(
                letter.id(),
                letter.reason(),
                letter.deliveries(),
                letter.lastError(),
                letter.diedAt()))
        .toList();
  }

  QueueStatus requeue(QueueName name) throws RequestRefusedException {
    Queue queue = find(name);
    int requeued = letters.requeueAll(queue);
    if (requeued > 0) {
      wakeups.ready(queue.id(), requeued);
    }
    log.info("queue={} dead-letters=requeued count={}", queue.name(), requeued);
    return status(queue, requeued);
  }

  QueueStatus pause(QueueName name, boolean paused) throws RequestRefusedException {
    Queue queue = store.pause(find(name).name(), paused).orElseThrow(() -> unknown(name));
    queues.forget(queue.name());
    if (!paused) {
      receivers.resume(queue.id());
    }
    wakeups.ready(queue.id(), 1);
    log.info("queue={} state={}", queue.name(), paused ? "paused" : "resumed");
    return status(queue, 0);
  }

  private Queue find(QueueName name) throws RequestRefusedException {
    return store
        .find(name.queue())
        .filter(queue -> name.program() == null || queue.program().equals(name.program()))
        .orElseThrow(() -> unknown(name));
  }

  private static RequestRefusedException unknown(QueueName name) {
    return new RequestRefusedException(
        "There is no queue %s%s. ./meower queues list names all of them."
            .formatted(name.queue(), name.program() == null ? "" : " of " + name.program()));
  }

  private QueueStatus status(Queue queue, int requeued) {
    Counts counts = store.count(queue);
    return new QueueStatus(
        queue.program(),
        queue.name(),
        queue.paused(),
        counts.ready(),
        counts.leased(),
        counts.delayed(),
        counts.dead(),
        counts.oldestReady(),
        Durations.format(queue.definition().lease()),
        queue.definition().maxDeliveries(),
        Durations.format(queue.definition().keep()),
        receivers.find(queue.id()).map(QueueDesk::push).orElse(null),
        requeued);
  }

  private static PushStatus push(Receiver receiver) {
    ReceiverState state = receiver.state();
    return new PushStatus(
        receiver.url(),
        state.phase().label(),
        state.since().toString(),
        state.lastStatus(),
        state.lastError());
  }
}
