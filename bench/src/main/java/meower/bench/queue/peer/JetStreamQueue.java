package meower.bench.queue.peer;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.time.Duration;
import java.util.List;
import meower.bench.program.Payload;

/**
 * A work queue of JetStream, in the stack's own NATS. What it acknowledges is not on disk yet: it
 * syncs every two minutes.
 */
public final class JetStreamQueue implements TcpQueue {

  private static final String STREAM = "BENCH_QUEUE";
  private static final String SUBJECT = "bench.queue";
  private static final String CONSUMER = "workers";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration WAIT = Duration.ofSeconds(1);

  private final String url;

  public JetStreamQueue(String url) {
    this.url = url;
  }

  @Override
  public String name() {
    return "JetStream: a work queue, not synced";
  }

  @Override
  public void prepare() throws Exception {
    Connection nats = Nats.connect(url);
    try {
      JetStreamManagement management = nats.jetStreamManagement();
      management.addStream(
          StreamConfiguration.builder()
              .name(STREAM)
              .subjects(SUBJECT)
              .retentionPolicy(RetentionPolicy.WorkQueue)
              .storageType(StorageType.File)
              .build());
      management.addOrUpdateConsumer(
          STREAM,
          ConsumerConfiguration.builder().durable(CONSUMER).ackPolicy(AckPolicy.Explicit).build());
    } finally {
      nats.close();
    }
  }

  @Override
  public void clear() throws Exception {
    Connection nats = Nats.connect(url);
    try {
      nats.jetStreamManagement().deleteStream(STREAM);
    } finally {
      nats.close();
    }
  }

  @Override
  public Worker connect() throws Exception {
    Connection nats = Nats.connect(url);
    JetStream stream = nats.jetStream();
    return new Cycles(
        nats, stream, stream.subscribe(null, PullSubscribeOptions.bind(STREAM, CONSUMER)));
  }

  private record Cycles(Connection nats, JetStream stream, JetStreamSubscription subscription)
      implements Worker {

    @Override
    public void cycle() throws Exception {
      stream.publish(SUBJECT, Payload.bytes());
      List<Message> got = subscription.fetch(1, WAIT);
      while (got.isEmpty()) {
        got = subscription.fetch(1, WAIT);
      }
      got.getFirst().ackSync(TIMEOUT);
    }

    @Override
    public void close() {
      try {
        nats.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
