package meower.query.index;

import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import meower.nats.BackgroundLoop;
import meower.nats.Backoff;
import meower.nats.NatsUnavailableException;
import meower.nats.Streams;
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

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(1);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final Streams streams;
  private final IndexConsumers consumers;
  private final MeowIndexes indexes;
  private final Projection projection;
  private final IndexProperties properties;
  private final ReentrantLock batchUnderWay = new ReentrantLock();
  private final BackgroundLoop loop = new BackgroundLoop("indexer", Backoff.DEFAULT, this::round);
  private volatile @Nullable IndexName written;

  Indexer(
      Streams streams,
      IndexConsumers consumers,
      MeowIndexes indexes,
      Projection projection,
      IndexProperties properties,
      IndexMetrics metrics) {
    this.streams = streams;
    this.consumers = consumers;
    this.indexes = indexes;
    this.projection = projection;
    this.properties = properties;
    metrics.lag(this, Indexer::lag);
  }

  @Override
  public void start() {
    loop.start();
  }

  /** Lets a batch that is being written be finished, gives the rest back, and ends. */
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
    Optional<String> epoch = epoch();
    if (epoch.isEmpty()) {
      Thread.sleep(STREAM_POLL);
      return;
    }
    IndexName index = new IndexName(MeowIndexes.MAPPING_VERSION, epoch.get());
    streams.ensureDeadLetters();
    if (!indexes.exists(index)) {
      consumers.delete(index, ANSWER);
      indexes.create(index);
    }
    indexes.adjustReplicas(index);
    written = index;
    letBeRead(index);
    Batches batches = new Batches(consumers.ensure(index), properties.batchSize());
    try {
      log.info("index={} state=writing", index);
      work(index, batches);
    } finally {
      batches.giveBack();
    }
  }

  private void work(IndexName index, Batches batches) throws Exception {
    long nextCheck = System.nanoTime();
    while (loop.isRunning()) {
      List<Message> batch = batches.next(POLL);
      if (!batch.isEmpty()) {
        write(index, batch);
      }
      if (System.nanoTime() - nextCheck >= 0) {
        check(index);
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

  /** The consumer bears the epoch and vanishes with the stream that it belongs to. */
  private void check(IndexName index) throws Exception {
    if (!indexes.exists(index) || consumers.find(index, ANSWER).isEmpty()) {
      throw new IndexingFailedException("the index or its consumer has vanished");
    }
    letBeRead(index);
  }

  /** An older version of the service leaves alone what a newer one has made. */
  private void letBeRead(IndexName index) throws Exception {
    Optional<IndexName> read = indexes.findRead();
    if (read.isEmpty()
        || (!read.get().equals(index)
            && read.get().mappingVersion() <= index.mappingVersion()
            && lag(index).filter(lag -> lag == 0).isPresent())) {
      indexes.read(index);
    }
  }

  private Optional<String> epoch()
      throws NatsUnavailableException, IOException, JetStreamApiException {
    return streams.findMeows().map(stream -> Streams.lastPosition(stream).epoch());
  }

  private double lag() {
    IndexName index = written;
    try {
      return index == null ? Double.NaN : lag(index).map(Long::doubleValue).orElse(Double.NaN);
    } catch (NatsUnavailableException | IOException | JetStreamApiException e) {
      return Double.NaN;
    }
  }

  private Optional<Long> lag(IndexName index)
      throws NatsUnavailableException, IOException, JetStreamApiException {
    return consumers.find(index, ANSWER).map(Indexer::unfinished);
  }

  private static long unfinished(ConsumerInfo consumer) {
    return consumer.getNumPending() + consumer.getNumAckPending();
  }
}
