package meower.work;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one thing again and again on a virtual thread until it is stopped, whatever fails.
 *
 * <p>A step that returns is called again at once; one that throws is called again after the {@link
 * Backoff}. Only the change from working to failing and back is logged, so that an outage of an
 * hour is two lines.
 */
public final class BackgroundLoop {

  private static final Logger log = LoggerFactory.getLogger(BackgroundLoop.class);

  /** One round of the work; it waits by itself for something to do, and not for ever. */
  @FunctionalInterface
  public interface Step {

    /**
     * Does one round.
     *
     * @throws InterruptedException when the loop is being stopped
     * @throws Exception when the round failed and is to be tried again later
     */
    void run() throws Exception;
  }

  private final String name;
  private final Backoff backoff;
  private final Step step;
  private volatile boolean running;
  private volatile @Nullable Thread thread;

  /**
   * @param name for log lines and the thread, a noun like {@code relay}
   */
  public BackgroundLoop(String name, Backoff backoff, Step step) {
    this.name = name;
    this.backoff = backoff;
    this.step = step;
  }

  /** Starts the loop; a running one stays as it is. */
  public synchronized void start() {
    if (!running) {
      running = true;
      thread = Thread.ofVirtual().name(name).start(this::loop);
    }
  }

  /**
   * Interrupts the work and waits until it has ended.
   *
   * @return whether it ended within the time
   */
  public boolean stop(Duration timeout) {
    running = false;
    Thread current = thread;
    if (current == null) {
      return true;
    }
    current.interrupt();
    try {
      return current.join(timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Tells whether the loop was started and not stopped. */
  public boolean isRunning() {
    return running;
  }

  private void loop() {
    int failures = 0;
    while (running) {
      try {
        step.run();
        if (failures > 0) {
          log.info("loop={} state=recovered failures={}", name, failures);
        }
        failures = 0;
      } catch (InterruptedException e) {
        // Only stop() interrupts; a stray interrupt must not end the work for ever.
      } catch (Exception | LinkageError e) {
        failures = failed(e, failures);
      }
    }
  }

  private int failed(Throwable e, int failures) {
    if (running) {
      if (failures == 0) {
        log.warn("loop={} state=failing reason=\"{}\"", name, e.toString());
        log.debug("loop={} failed", name, e);
      }
      pause(backoff.delay(failures + 1, ThreadLocalRandom.current()));
    }
    return failures + 1;
  }

  private static void pause(Duration delay) {
    try {
      Thread.sleep(delay);
    } catch (InterruptedException e) {
      // The loop looks at running next.
    }
  }
}
