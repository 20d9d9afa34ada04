package meower.query.index;

import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import meower.nats.BackgroundLoop;
import meower.nats.Backoff;
import meower.nats.NatsUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps the index up with the stream, for ever.
 *
 * <p>Each round makes sure that stream, index and consumer are there, then works until one of them
 * fails or is replaced. All instances do the same and share the work through the consumer.
 */
@Component
class Indexer implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Indexer.class);

  /** How often it is looked whether the command service has made the stream. */
  private static final Duration STREAM_POLL = Duration.ofMillis(500);

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final IndexKeeper keeper;
  private final IndexConsumers consumers;
  private final Projection projection;
  private final IndexProperties properties;
  private final ReentrantLock batchUnderWay = new ReentrantLock();
  private final BackgroundLoop loop = new BackgroundLoop("indexer", Backoff.DEFAULT, this::round);
  private volatile @Nullable IndexName written;

  Indexer(
      IndexKeeper keeper,
      IndexConsumers consumers,
      Projection projection,
      IndexProperties properties,
      IndexMetrics metrics) {
    this.keeper = keeper;
    this.consumers = consumers;
    this.projection = projection;
    this.properties = properties;
    metrics.lag(this, Indexer::lag);
  }

  @Override
  public void start() {
    loop.start();
  }

  /** Lets a batch that is being written be finished, and ends. */
  @Override
  public void stop() {
    boolean finished = false;
    try {
      finished = batchUnderWay.tryLock(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      loop.stop(STOP_TIMEOUT);
    } finally {
      if (finished) {
        batchUnderWay.unlock();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }

  private void round() throws Exception {
    Optional<IndexName> prepared = keeper.prepare();
    if (prepared.isEmpty()) {
      Thread.sleep(STREAM_POLL);
      return;
    }
    IndexName index = prepared.get();
    written = index;
    Batches batches = new Batches(consumers.ensure(index), properties.batchSize());
    log.info("index={} state=writing", index);
    work(index, batches);
  }

  private void work(IndexName index, Batches batches) throws Exception {
    long nextCheck = System.nanoTime();
    while (loop.isRunning()) {
      List<Message> batch = batches.next();
      if (!batch.isEmpty()) {
        write(index, batch);
      }
      if (System.nanoTime() - nextCheck >= 0) {
        keeper.check(index);
        nextCheck = System.nanoTime() + properties.checkEvery().toNanos();
      }
    }
  }

  private void write(IndexName index, List<Message> batch) throws Exception {
    try {
      batchUnderWay.lockInterruptibly();
    } catch (InterruptedException e) {
      batch.forEach(Message::nak);
      throw e;
    }
    try {
      projection.on(index, batch);
    } finally {
      batchUnderWay.unlock();
    }
  }

  private double lag() {
    IndexName index = written;
    try {
      return index == null
          ? Double.NaN
          : keeper.lag(index).map(Long::doubleValue).orElse(Double.NaN);
    } catch (NatsUnavailableException | IOException | JetStreamApiException e) {
      return Double.NaN;
    }
  }
}
