package meower.e2e.hostile.worst;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Does things again and again until it is closed, each so many times in a second. */
final class Pace implements AutoCloseable {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean over;

  interface Step {
    void run() throws IOException;
  }

  /**
   * Begins with one more; whoever falls behind does not make up for it.
   *
   * @param failed is told how it failed, as often as it does
   */
  void keep(double perSecond, Step step, Consumer<IOException> failed) {
    threads.execute(() -> loop((long) (SECOND / perSecond), step, failed));
  }

  boolean isOver() {
    return over;
  }

  private void loop(long pause, Step step, Consumer<IOException> failed) {
    long next = System.nanoTime();
    while (!over) {
      try {
        step.run();
      } catch (IOException e) {
        if (!over) {
          failed.accept(e);
        }
      }
      next = Math.max(next + pause, System.nanoTime());
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  @Override
  public void close() {
    over = true;
    threads.shutdownNow();
  }
}
