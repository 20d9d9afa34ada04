package meower.query.rebuild;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import meower.query.index.IndexCatalog;
import meower.query.index.IndexProperties;
import meower.query.projection.IndexFillings;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.springframework.stereotype.Component;

/**
 * Keeps the indexes up with the stream, for ever.
 *
 * <p>Each round has the {@link IndexKeeper} say which indexes are to be written, and the {@link
 * IndexFillings} write them. While a round fails, those that write go on.
 */
@Component
class Indexer implements BackgroundWork {

  /** How often it is checked whether the command service has made the stream. */
  private static final Duration STREAM_POLL_INTERVAL = Duration.ofMillis(500);

  private final IndexKeeper keeper;
  private final IndexFillings fillings;
  private final IndexProperties properties;
  private final Semaphore wakeUp = new Semaphore(0);
  private final BackgroundLoop loop = new BackgroundLoop("indexer", Backoff.DEFAULT, this::round);

  Indexer(IndexKeeper keeper, IndexFillings fillings, IndexProperties properties) {
    this.keeper = keeper;
    this.fillings = fillings;
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
    write(IndexCatalog.EMPTY);
  }

  /** Has the next round begin at once. */
  void wake() {
    wakeUp.release();
  }

  private void round() throws Exception {
    IndexCatalog written = keeper.check();
    write(written);
    Duration pause = written.all().isEmpty() ? STREAM_POLL_INTERVAL : properties.checkEvery();
    if (wakeUp.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
      wakeUp.drainPermits();
    }
  }

  /** A round that outlives the stop must not begin to write again. */
  private synchronized void write(IndexCatalog wanted) {
    fillings.write(loop.isRunning() ? wanted : IndexCatalog.EMPTY);
  }
}
