package meower.query.index;

import io.nats.client.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import meower.nats.BackgroundLoop;
import meower.nats.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one index up with the stream until it is stopped.
 *
 * <p>All instances fill the same index and share the work through its consumer.
 */
final class IndexFilling {

  private static final Logger log = LoggerFactory.getLogger(IndexFilling.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  /** A try is cheap, and everybody who reads waits for it. */
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

  private final MeowIndex index;
  private final MeowIndexes indexes;
  private final IndexConsumers consumers;
  private final Projection projection;
  private final IndexProperties properties;
  private final SlowStart size;
  private final Pace pace;
  private final ReentrantLock batchUnderWay = new ReentrantLock();
  private final BackgroundLoop loop;

  IndexFilling(
      MeowIndex index,
      MeowIndexes indexes,
      IndexConsumers consumers,
      Projection projection,
      IndexProperties properties) {
    this.index = index;
    this.indexes = indexes;
    this.consumers = consumers;
    this.projection = projection;
    this.properties = properties;
    this.size = new SlowStart(properties.batchSize());
    this.pace = new Pace(properties.writeInterval(), System::nanoTime);
    this.loop = new BackgroundLoop("indexer-" + index, BACKOFF, this::fill);
  }

  void start() {
    loop.start();
  }

  /** Lets a batch that is being written be finished, and ends. */
  void stop() {
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

  private void fill() throws Exception {
    indexes.adjustReplicas(index);
    Batches batches = new Batches(consumers.ensure(index));
    log.info("index={} state=written", index);
    while (loop.isRunning()) {
      Thread.sleep(pace.pause());
      List<Message> batch = batches.next(size.limit());
      if (!batch.isEmpty()) {
        pace.writing(batch.size() == size.limit());
        write(batch);
      }
    }
  }

  private void write(List<Message> batch) throws Exception {
    try {
      batchUnderWay.lockInterruptibly();
    } catch (InterruptedException e) {
      batch.forEach(Message::nak);
      throw e;
    }
    try (Hold _ = Hold.on(batch, properties.acknowledgeWithin())) {
      projection.on(index, batch);
      size.succeeded();
    } catch (IndexingFailedException e) {
      size.failed();
      throw e;
    } finally {
      batchUnderWay.unlock();
    }
  }
}
