package meower.query.index;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import meower.nats.BackgroundLoop;
import meower.nats.BackgroundWork;
import meower.nats.Backoff;
import org.springframework.stereotype.Component;

/**
 * Keeps the indexes up with the stream, for ever.
 *
 * <p>Each round has the {@link IndexKeeper} say which indexes are to be written, and lets one
 * {@link IndexFilling} write each. While a round fails, those that write go on.
 */
@Component
class Indexer implements BackgroundWork {

  /** How often it is looked whether the command service has made the stream. */
  private static final Duration STREAM_POLL = Duration.ofMillis(500);

  private final IndexKeeper keeper;
  private final MeowIndexes indexes;
  private final IndexConsumers consumers;
  private final Projection projection;
  private final IndexProperties properties;
  private final Semaphore wakeUp = new Semaphore(0);
  private final Map<MeowIndex, IndexFilling> fillings = new HashMap<>();
  private final BackgroundLoop loop = new BackgroundLoop("indexer", Backoff.DEFAULT, this::round);

  Indexer(
      IndexKeeper keeper,
      MeowIndexes indexes,
      IndexConsumers consumers,
      Projection projection,
      IndexProperties properties) {
    this.keeper = keeper;
    this.indexes = indexes;
    this.consumers = consumers;
    this.projection = projection;
    this.properties = properties;
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  /** Ends when the batches that are being written are finished. */
  @Override
  public void stop() {
    BackgroundWork.super.stop();
    write(List.of());
  }

  /** Has the next round begin at once. */
  void wake() {
    wakeUp.release();
  }

  private void round() throws Exception {
    List<MeowIndex> written = keeper.check();
    write(written);
    Duration pause = written.isEmpty() ? STREAM_POLL : properties.checkEvery();
    if (wakeUp.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
      wakeUp.drainPermits();
    }
  }

  private synchronized void write(List<MeowIndex> toWrite) {
    List<MeowIndex> wanted = loop.isRunning() ? toWrite : List.of();
    Set<MeowIndex> unwanted = new HashSet<>(fillings.keySet());
    wanted.forEach(unwanted::remove);
    unwanted.forEach(index -> Objects.requireNonNull(fillings.remove(index)).stop());
    wanted.forEach(index -> fillings.computeIfAbsent(index, this::begin));
  }

  private IndexFilling begin(MeowIndex index) {
    IndexFilling filling = new IndexFilling(index, indexes, consumers, projection, properties);
    filling.start();
    return filling;
  }
}
