package meower.query.projection;

import io.nats.client.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import meower.query.index.IndexProperties;
import meower.query.index.MeowIndex;
import meower.query.index.MeowIndexes;
import meower.stream.ErasedDeliveries;
import meower.work.BackgroundLoop;
import meower.work.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one index up with the stream until it is stopped.
 *
 * <p>All instances fill the same index and share the work through its consumer. So do the writers
 * of one instance: the first one writes what comes, the others help while there is a backlog.
 */
final class IndexFilling {

  private static final Logger log = LoggerFactory.getLogger(IndexFilling.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  /** A try is cheap, and everybody who reads waits for it. */
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

  private final MeowIndex index;
  private final MeowIndexes indexes;
  private final IndexConsumers consumers;
  private final ErasedDeliveries erased;
  private final Projection projection;
  private final IndexProperties properties;
  private final SlowStart size;
  private final WriteThrottle throttle;
  private final Semaphore backlog = new Semaphore(0);

  /** A batch that is being written holds one; fair, because a stop waits for all of them. */
  private final Semaphore writing;

  private final List<BackgroundLoop> loops = new ArrayList<>();
  private volatile boolean read = true;

  IndexFilling(
      MeowIndex index,
      MeowIndexes indexes,
      IndexConsumers consumers,
      Projection projection,
      IndexProperties properties) {
    this.index = index;
    this.indexes = indexes;
    this.consumers = consumers;
    this.erased = consumers.erasedDeliveries(index);
    this.projection = projection;
    this.properties = properties;
    this.size = new SlowStart(properties.batchSize());
    this.throttle = new WriteThrottle(properties.writeInterval(), System::nanoTime);
    this.writing = new Semaphore(properties.writers(), true);
    loops.add(new BackgroundLoop("indexer-" + index, BACKOFF, this::fill));
    for (int i = 2; i <= properties.writers(); i++) {
      loops.add(new BackgroundLoop("indexer-" + index + "-" + i, BACKOFF, this::help));
    }
  }

  void start() {
    loops.forEach(BackgroundLoop::start);
  }

  /** Lets batches that are being written be finished, and ends. */
  void stop() {
    boolean finished = false;
    try {
      finished =
          writing.tryAcquire(properties.writers(), STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      loops.forEach(loop -> loop.stop(STOP_TIMEOUT));
    } finally {
      if (finished) {
        writing.release(properties.writers());
      }
    }
  }

  private void fill() throws Exception {
    indexes.adjustReplicas(index);
    Batches batches = new Batches(consumers.ensure(index));
    log.info("index={} state=written", index);
    while (loops.getFirst().isRunning()) {
      erased.acknowledgeOnceConnected();
      Thread.sleep(throttle.delay());
      int limit = size.limit();
      List<Message> batch = batches.next(limit);
      if (!batch.isEmpty()) {
        throttle.onWrite(batch.size(), limit);
        write(batch, limit);
      }
    }
  }

  private void help() throws Exception {
    Batches batches = new Batches(consumers.ensure(index));
    while (loops.getFirst().isRunning()) {
      backlog.acquire();
      int limit = size.limit();
      List<Message> batch = batches.next(limit);
      if (!batch.isEmpty()) {
        write(batch, limit);
      }
    }
  }

  /** Takes note of whether readers read the index. */
  void setRead(boolean read) {
    this.read = read;
  }

  private void write(List<Message> batch, int limit) throws Exception {
    if (batch.size() == limit && backlog.availablePermits() < loops.size() - 1) {
      backlog.release();
    }
    try {
      writing.acquire();
    } catch (InterruptedException e) {
      batch.forEach(Message::nak);
      throw e;
    }
    try (LeaseRenewal _ = LeaseRenewal.of(batch, properties.acknowledgeWithin())) {
      long pending = batch.getLast().metaData().pendingCount();
      projection.on(index, batch, Visibility.of(read, pending));
      size.succeeded();
    } catch (IndexingFailedException e) {
      size.failed();
      read = true; // perhaps it is by now; the next check tells
      throw e;
    } finally {
      writing.release();
    }
  }
}
