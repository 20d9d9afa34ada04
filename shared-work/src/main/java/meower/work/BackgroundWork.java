package meower.work;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * What a service does beside answering requests: one loop that starts and stops with the service.
 *
 * <p>It stops after the web server, whose last requests may still need it, and before the
 * connections that it works with.
 */
public interface BackgroundWork extends SmartLifecycle {

  /** How long a round that is under way may take to end before the service stops without it. */
  Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  /** The loop that does the work, always the same one. */
  BackgroundLoop loop();

  @Override
  default void start() {
    loop().start();
  }

  @Override
  default void stop() {
    loop().stop(STOP_TIMEOUT);
  }

  @Override
  default boolean isRunning() {
    return loop().isRunning();
  }

  @Override
  default int getPhase() {
    return 0;
  }
}
