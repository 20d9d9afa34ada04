package meower.program.push;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import meower.database.SchemaMigration;
import meower.program.lease.DeliveryLeases;
import meower.program.queue.Queue;
import meower.program.queue.QueueStore;
import meower.program.receiver.Receiver;
import meower.program.receiver.ReceiverStore;
import meower.program.receiver.SigningSecrets;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Becomes the owner of receivers, calls them apart from each other, and writes down how they are
 * doing.
 *
 * <p>A receiver is one instance's business at a time, so that "one call at a time" holds over all
 * of them. Whoever dies is replaced after {@link #OWNED}.
 */
@Component
final class Pushes implements BackgroundWork {

  private static final Logger log = LoggerFactory.getLogger(Pushes.class);
  private static final Duration INTERVAL = Duration.ofMillis(250);
  private static final Duration OWNED = Duration.ofSeconds(5);
  private static final Duration STOP = Duration.ofSeconds(3);

  private final ReceiverStore receivers;
  private final QueueStore queues;
  private final SchemaMigration schema;
  private final PushMetrics metrics;
  private final QueuePushes.Tools tools;
  private final UUID instance = UUID.randomUUID();
  private final Map<Long, QueuePushes> running = new HashMap<>();
  private final BackgroundLoop loop = new BackgroundLoop("pushes", Backoff.DEFAULT, this::round);

  Pushes(
      ReceiverStore receivers,
      QueueStore queues,
      SchemaMigration schema,
      DeliveryLeases leases,
      Webhooks webhooks,
      SigningSecrets secrets,
      PushProperties properties,
      PushMetrics metrics) {
    this.receivers = receivers;
    this.queues = queues;
    this.schema = schema;
    this.metrics = metrics;
    this.tools =
        new QueuePushes.Tools(
            leases,
            webhooks,
            secrets,
            properties.probes(),
            new RetryPlan(properties.retryDelays()),
            metrics,
            Clock.systemUTC());
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  /** Calls that are under way end, or are given back: another instance goes on at once. */
  @Override
  public void stop() {
    loop.stop(STOP_TIMEOUT);
    running.values().forEach(QueuePushes::halt);
    long end = System.nanoTime() + STOP.toNanos();
    running
        .values()
        .forEach(one -> one.stop(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
    try {
      if (schema.isDone()) {
        write();
        receivers.release(instance);
      }
    } catch (DataAccessException e) {
      log.info("pushes=not-released reason=\"{}\"", e.toString()); // others wait a moment
    }
    running.clear();
  }

  private void round() throws InterruptedException {
    if (!schema.await(INTERVAL)) {
      return;
    }
    write();
    List<Receiver> mine = receivers.claim(instance, OWNED);
    Map<Long, Queue> known =
        mine.isEmpty()
            ? Map.of()
            : queues.all(mine.stream().map(Receiver::queue).toList()).stream()
                .collect(Collectors.toMap(Queue::id, Function.identity()));
    drop(known);
    mine.forEach(receiver -> keepUp(known.get(receiver.queue()), receiver));
    metrics.paused((int) running.values().stream().filter(QueuePushes::isPaused).count());
    Thread.sleep(INTERVAL);
  }

  private void write() {
    for (QueuePushes one : running.values()) {
      Optional<Receiver> news = one.unwritten();
      if (news.isPresent()) {
        receivers.write(instance, news.get());
        one.wrote(news.get());
      }
    }
  }

  /** Of those that are gone, or another instance's now. */
  private void drop(Map<Long, Queue> known) {
    running.forEach((queue, one) -> {
      if (!known.containsKey(queue)) {
        one.halt();
      }
    });
    running.keySet().retainAll(known.keySet());
  }

  private void keepUp(@Nullable Queue queue, Receiver receiver) {
    if (queue == null || queue.definition().push() == null) {
      return; // deleted or defined anew between the two questions
    }
    QueuePushes one = running.get(receiver.queue());
    if (one == null) {
      one = new QueuePushes(queue, receiver, tools);
      running.put(receiver.queue(), one);
      one.start();
    } else {
      one.redefine(queue, receiver);
    }
  }
}
