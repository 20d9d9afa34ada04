package meower.e2e.chaos.load;

import java.time.Duration;

/** Does two things at the same time. */
final class AtOnce {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  interface Task {
    void run() throws InterruptedException;
  }

  private AtOnce() {}

  /** Returns when both are done; the second one is interrupted when it takes much longer. */
  static void run(Task one, Task other) throws InterruptedException {
    var twin =
        Thread.startVirtualThread(() -> {
          try {
            other.run();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
    try {
      one.run();
    } finally {
      twin.join(PATIENCE);
      twin.interrupt();
    }
  }
}
